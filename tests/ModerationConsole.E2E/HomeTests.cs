using Deque.AxeCore.Playwright;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E;

public sealed class HomeTests(ConsoleFixture console)
{
    [Fact]
    public async Task Home_OpenedInABrowser_BecomesInteractive()
    {
        var page = await console.OpenAsync("/");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Moderation console");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Home_ScannedByAxe_HasNoViolation()
    {
        var page = await console.OpenAsync("/");

        var scan = await page.RunAxe();

        Assert.Empty(scan.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        await page.Context.CloseAsync();
    }
}
