using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Account;

public sealed class SignInTests(ConsoleFixture console)
{
    [Fact]
    public async Task Page_OpenedByAStranger_AsksToSignInAndThenOpens()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();

        await page.GotoAsync("/?from=a-link");
        await Assertions.Expect(page).ToHaveTitleAsync("Sign in · Moderation console");
        await page.GetByLabel("Email").FillAsync(scene.People[0]);
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.WaitForURLAsync("**/?from=a-link");
        await page.ReadyAsync();
    }

    [Fact]
    public async Task SignIn_WithAWrongPassword_IsRefusedWithoutSayingWhatWasWrong()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        List<string> answers = [];

        foreach (string email in new[] { scene.People[0], "nobody@e2e.local" })
        {
            await page.GotoAsync("/account/login");
            await page.GetByLabel("Email").FillAsync(email);
            await page.GetByLabel("Password").FillAsync("not the password at all");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            answers.Add(await page.GetByRole(AriaRole.Alert).InnerTextAsync());
        }

        Assert.NotEmpty(answers[0]);
        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task SignOut_InOneTab_EndsTheOtherTabToo()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage first = await browser.NewPageAsync();
        await ConsoleFixture.SignInAsync(first, scene.People[0], Scene.Password);
        await first.ReadyAsync();
        IPage second = await browser.OpenAsync("/");

        await first.GetByRole(AriaRole.Button, new() { Name = "Account of" }).ClickAsync();
        await first.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await first.WaitForURLAsync("**/account/login**");
        await second.WaitForURLAsync("**/account/login**");
        await first.GotoAsync("/");
        await Assertions.Expect(first).ToHaveTitleAsync("Sign in · Moderation console");
    }
}
