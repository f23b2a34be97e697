using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

public sealed class HostileContentTests(ConsoleFixture console)
{
    private const string Markup = """<script>window.ran = true</script><img src=x onerror="window.ran = true"><b onmouseover="window.ran = true">bold</b>""";

    [Fact]
    public async Task MarkupAndScript_InEveryText_IsShownAsTextAndNothingRuns()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string item = await scene.PostAsync(Markup, author: $"u-{Markup}");
        await scene.ReportAsync(item, Markup, $"reported: {Markup}", author: $"u-{Markup}");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.NewPageAsync();
        List<string> refused = [];
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                refused.Add(message.Text);
            }
        };
        await page.GotoAsync($"/review/{scene.Queue.Slug}");
        await page.ReadyAsync();
        Desk desk = new(page);
        await desk.Button("Start reviewing").ClickAsync();

        await Assertions.Expect(desk.Case).ToContainTextAsync(Markup);
        await Assertions.Expect(desk.Context).ToContainTextAsync($"reported: {Markup}");
        await desk.ChooseAsync("a", "Allow");
        await desk.Reason.FillAsync(Markup);
        await desk.Note.FillAsync(Markup);
        await desk.PressAsync("Control+Enter");
        await desk.Waiting.WaitForAsync();

        Assert.False(await page.EvaluateAsync<bool>("() => 'ran' in window"));
        Assert.Empty(refused);
    }

    [Fact]
    public async Task TextThatTurnsOrHides_IsMarkedAndDoesNotTurnThePage()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("pay\u200Bpal \u202Egnorw\u202C مرحبا");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();

        await Assertions.Expect(desk.Case.GetByTitle("Character without width")).ToHaveCountAsync(1);
        await Assertions.Expect(desk.Case.GetByTitle("Character that turns the reading direction")).ToHaveCountAsync(2);
    }
}
