using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Account;

public sealed class StepUpTests(ConsoleFixture console)
{
    [Fact]
    public async Task Key_MadeLongAfterSigningIn_AsksWhoItIsAndLosesNothingThatWasTyped()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string email = await scene.PersonAsync($"{scene.Name}-admin@e2e.local", Roles.Admin);
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await ConsoleFixture.SignInAsync(page, email, Scene.Password);
        await scene.WriteAsync(async scope =>
        {
            Guid id = await scope.Db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync();
            PersonSession session = await scope.Db.Set<PersonSession>().SingleAsync(row => row.PersonId == id);
            session.ProvedAt = session.StartedAt.AddHours(-3);
        });
        await page.GotoAsync("/admin/keys");
        await page.ReadyAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Prove it is you" });

        await page.Field("Name").FillAsync($"{scene.Name} key");
        await page.Field("Works").SelectOptionAsync("90");
        await page.PressAsync("Make the key");
        await Assertions.Expect(dialog.GetByLabel("Password")).ToBeFocusedAsync();
        await page.AssertNothingSeriousAsync();
        await page.SetViewportSizeAsync(1440, 900);
        await dialog.GetByLabel("Password").FillAsync("not the password at all");
        await page.PressAsync("Go on");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is not right, or the code was used already.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Problems()).ToContainTextAsync("Nothing was done: it asks for a proof that it is you.");
        await Assertions.Expect(page.Field("Name")).ToHaveValueAsync($"{scene.Name} key");

        await page.PressAsync("Make the key");
        await dialog.GetByLabel("Password").FillAsync(Scene.Password);
        await page.PressAsync("Go on");
        await Assertions.Expect(page.Row($"{scene.Name} key")).ToHaveCountAsync(1);
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        // Proved for the next minutes, for whatever asks for it.
        Guid colleague = await scene.ReadAsync(db => db.Users.Where(user => user.Email == scene.People[0]).Select(user => user.Id).SingleAsync());
        await scene.WriteAsync(async scope => (await scope.Db.Users.SingleAsync(user => user.Id == colleague)).TwoFactorEnabled = true);
        await page.GotoAsync($"/admin/people/{colleague}");
        await page.ReadyAsync();
        await page.PressAsync("Reset second factor");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("App, recovery codes and passkeys are taken away. The person is signed out everywhere.");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reset second factor" })).ToHaveCountAsync(0);
    }
}
