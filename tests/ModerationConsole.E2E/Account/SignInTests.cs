using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.E2E.Support;
using ModerationConsole.Web.Security;

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

    [Theory]
    [InlineData("/account/login", "Sign in", "Password")]
    [InlineData("/account/first-password", "Save and sign in", "Password you were given", "New password", "New password again")]
    public async Task SignIn_TriedTooOften_IsRefusedInWordsForTheRightPasswordToo(string path, string send, params string[] passwords)
    {
        Scene scene = await Scene.SetAsync(console.App);
        SignInLimits limits = console.App.Services.GetRequiredService<SignInLimits>();
        IPAddress elsewhere = new([192, 0, 2, (byte)passwords.Length]);
        while (limits.Allow(elsewhere, scene.People[0]))
        {
            // As many tries as a minute has, by whom ever: without a form and a hash for each of them.
        }

        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync(path);
        await page.GetByLabel("Email").FillAsync(scene.People[0]);
        foreach (string password in passwords)
        {
            await page.GetByLabel(password, new() { Exact = true }).FillAsync(Scene.Password);
        }

        IResponse answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = send, Exact = true }).ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(429, answer.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Too many tries. Wait a minute, then try again.");
        await Assertions.Expect(page.GetByLabel("Email")).ToHaveValueAsync(scene.People[0]);
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
        await first.GetByRole(AriaRole.Link, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

        await first.WaitForURLAsync("**/account/login**");
        await second.WaitForURLAsync("**/account/login**");
        await first.GotoAsync("/");
        await Assertions.Expect(first).ToHaveTitleAsync("Sign in · Moderation console");
    }
}
