using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.SingleSignOn;

/// <summary>People whom a real OpenID provider vouches for, in a browser.</summary>
public sealed class SingleSignOnTests(ConsoleFixture console, SingleSignOnFixture scene) : IClassFixture<SingleSignOnFixture>
{
    [Fact]
    public async Task Person_OfTheProvider_ComesInWithTheRolesOfTheirGroups()
    {
        await scene.Provider.KnowsAsync("robin", "moderators");
        await using IBrowserContext browser = await console.BrowserAsync(app: scene.App);
        IPage page = await browser.NewPageAsync();

        await page.GotoAsync("/cases");
        await SignInAsync(page, "robin");

        await page.WaitForURLAsync("**/cases");
        await page.ReadyAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Account of" }).ClickAsync();
        await Assertions.Expect(page.Locator("#me-menu")).ToContainTextAsync("robin of the company");
        await Assertions.Expect(page.Locator("#me-menu")).ToContainTextAsync("Moderator");
    }

    [Fact]
    public async Task Provider_ThatIsAway_IsSaidInWordsWithAWayBack()
    {
        await using IBrowserContext browser = await console.BrowserAsync(app: scene.App);
        IPage page = await browser.NewPageAsync();

        await page.GotoAsync("/account/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Elsewhere" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Elsewhere does not answer");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Elsewhere" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, string subject)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Company" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync(subject);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign-in" }).ClickAsync();
    }
}
