using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Account;

public sealed class SettingsTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThemeAndTimeZone_Saved_AreStoredAndDrawnAtOnce()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/account/settings");

        await page.Field("Theme").SelectOptionAsync("calm");
        await page.Field("Time zone").SelectOptionAsync("Asia/Tokyo");
        await page.PressAsync("Save");

        await Assertions.Expect(page.Status()).ToHaveTextAsync("Saved.");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "calm");
        string name = scene.People[0].Split('@')[0];
        Moderator stored = await scene.ReadAsync(db => db.Set<Moderator>().SingleAsync(row => row.DisplayName == name, Cancel));
        Assert.Equal(("calm", "Asia/Tokyo"), (stored.Theme, stored.TimeZone));
    }

    [Fact]
    public async Task OwnPassword_ChangedFromTheSettings_OpensTheNextSignIn()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/account/settings");

        await page.GetByRole(AriaRole.Link, new() { Name = "Change password" }).ClickAsync();
        await ChangeAsync(page, "not the present one", "another four words now", "another four words now");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The present password is not right.");
        await ChangeAsync(page, Scene.Password, "another four words now", "something different here");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The two new passwords differ.");
        await ChangeAsync(page, Scene.Password, "another four words now", "another four words now");

        await Assertions.Expect(page.GetByText("The password is changed.")).ToBeVisibleAsync();
        await using IBrowserContext elsewhere = await console.BrowserAsync();
        await ConsoleFixture.SignInAsync(await elsewhere.NewPageAsync(), scene.People[0], "another four words now");
    }

    private static async Task ChangeAsync(IPage page, string present, string chosen, string repeated)
    {
        await page.GetByLabel("Present password").FillAsync(present);
        await page.Field("New password").FillAsync(chosen);
        await page.Field("New password again").FillAsync(repeated);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
    }
}
