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

    [Fact]
    public async Task Groups_ChangedAtTheProvider_ReachAnOpenPageAndSoDoesLeaving()
    {
        await scene.Provider.KnowsAsync("rising", "moderators");
        await using IBrowserContext browser = await console.BrowserAsync(app: scene.App);
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync("/cases");
        await SignInAsync(page, "rising");
        await page.ReadyAsync();
        ILocator queues = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).Locator("a[href='queues']");
        await Assertions.Expect(queues).ToHaveCountAsync(0);

        await scene.Provider.KnowsAsync("rising", "leads");
        await scene.CheckAsync();
        await Assertions.Expect(queues).ToBeVisibleAsync();

        await scene.Provider.ForgetsAsync("rising");
        await scene.CheckAsync();
        await page.WaitForURLAsync("**/account/login**");
    }

    [Fact]
    public async Task SignOut_AtTheProvider_EndsAnOpenPageAndOneHereLeadsThere()
    {
        await scene.Provider.KnowsAsync("parting", "moderators");
        await using IBrowserContext browser = await console.BrowserAsync(app: scene.App);
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync("/cases");
        await SignInAsync(page, "parting");
        await page.ReadyAsync();

        IPage elsewhere = await browser.NewPageAsync();
        await elsewhere.GotoAsync($"{scene.Provider.Issuer}/session/end");
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Yes, sign me out" }).ClickAsync();
        await page.WaitForURLAsync("**/account/login**");

        await SignInAsync(page, "parting");
        await page.ReadyAsync();
        await page.GotoAsync("/account/logout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"{scene.Provider.Issuer}/session/end**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, sign me out" }).ClickAsync();
        await page.WaitForURLAsync("**/account/login");
        await page.GotoAsync("/cases");
        await Assertions.Expect(page).ToHaveTitleAsync("Sign in · Moderation console");
    }

    private static async Task SignInAsync(IPage page, string subject)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Company" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync(subject);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign-in" }).ClickAsync();
    }
}
