using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Account;

public sealed class DoorTests(ConsoleFixture console)
{
    [Theory]
    [InlineData("/audit")]
    [InlineData("/policies/new")]
    public async Task Page_OfAnotherRole_IsClosedToAModerator(string path)
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.NewPageAsync();

        await page.GotoAsync(path);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You may not open this page");
        await page.GotoAsync("/cases");
        await page.ReadyAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).Locator($"a[href='{path.TrimStart('/')}']")).ToHaveCountAsync(0);
    }
}
