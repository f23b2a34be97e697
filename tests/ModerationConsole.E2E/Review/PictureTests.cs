using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>The desk as README shows it, on a demo that nobody has worked yet.</summary>
public sealed class PictureTests(ConsoleFixture console)
{
    /// <summary>Names the file that the picture is written to; without it nothing is written.</summary>
    private const string PictureVariable = "MODERATION_TEST_PICTURE";

    [Fact]
    public async Task FreshDemo_FirstCaseOfAQueue_IsDrawnWholeWithItsPlan()
    {
        await using ConsoleApp app = new(new() { ["Demo:Enabled"] = "true", ["Demo:Password"] = ConsoleFixture.DemoPassword });
        app.StartServer();
        await using IBrowserContext browser = await console.BrowserAsync("moderator@demo.local", ConsoleFixture.DemoPassword, app);
        Desk desk = new(await browser.OpenAsync("/review/harassment-en"));

        await desk.Button("Start reviewing").ClickAsync();
        await desk.DrawnAsync();
        await desk.ChooseViolationAsync();

        await Assertions.Expect(desk.Case).ToContainTextAsync("I know which bus you take on Thursdays.");
        await Assertions.Expect(desk.Case.Locator("img")).ToHaveCountAsync(2);
        await Assertions.Expect(desk.Decision).ToContainTextAsync("Remove the post");
        await Assertions.Expect(desk.Reason).ToHaveValueAsync("Threatens a person with violence (2.1)");
        await desk.Page.GetByText("All text saved").WaitForAsync();
        await desk.Page.WaitForFunctionAsync("() => [...document.images].every(image => image.complete && image.naturalWidth > 0)");
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } file)
        {
            await desk.Page.ScreenshotAsync(new() { Path = file });
        }
    }
}
