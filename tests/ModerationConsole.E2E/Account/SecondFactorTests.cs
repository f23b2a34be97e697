using ModerationConsole.E2E.Support;
using OtpNet;

namespace ModerationConsole.E2E.Account;

public sealed class SecondFactorTests(ConsoleFixture console)
{
    [Fact]
    public async Task SecondFactor_SetUpFromTheMenu_IsAskedForAndOutlivesThePhone()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string email = scene.People[0];
        await using IBrowserContext left = await console.BrowserAsync();
        IPage forgotten = await left.NewPageAsync();
        await ConsoleFixture.SignInAsync(forgotten, email, Scene.Password);
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await ConsoleFixture.SignInAsync(page, email, Scene.Password);
        await page.ReadyAsync();

        // What was left open somewhere is ended from here.
        await page.GetByRole(AriaRole.Button, new() { Name = "Account of" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your security" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "this one" })).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "End Chrome on Linux" }).ClickAsync();
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Ended the session in Chrome on Linux.");
        await forgotten.WaitForURLAsync("**/account/login**");

        await page.GetByRole(AriaRole.Link, new() { Name = "Set up" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Picture for an app" })).ToBeVisibleAsync();
        Totp app = new(Base32Encoding.ToBytes((await page.GetByLabel("Or type this into the app").InputValueAsync()).Replace(" ", "", StringComparison.Ordinal)));
        await page.Field("Code").FillAsync(app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await page.PressAsync("Switch on");
        await Assertions.Expect(page.Locator(".recovery-codes li")).ToHaveCountAsync(10);
        IReadOnlyList<string> recovery = await page.Locator(".recovery-codes li").AllInnerTextsAsync();

        await SignInAnewAsync(page, email);
        await page.Field("Code").FillAsync("000 000");
        await page.PressAsync("Sign in");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This code is not right, or it was used already. Wait for the next one.");
        // The next code: the first was spent on the set-up.
        await page.Field("Code").FillAsync(app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30)));
        await page.PressAsync("Sign in");
        await page.ReadyAsync();

        await SignInAnewAsync(page, email);
        await page.Field("Code").FillAsync(recovery[0]);
        await page.PressAsync("Sign in");
        await page.ReadyAsync();
        await page.GotoAsync("/account/security");
        await Assertions.Expect(page.GetByText("You have 9 recovery codes left.")).ToBeVisibleAsync();
    }

    private static async Task SignInAnewAsync(IPage page, string email)
    {
        await page.GotoAsync("/account/logout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/account/login**");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await page.PressAsync("Sign in");
        await page.WaitForURLAsync("**/account/code**");
    }
}
