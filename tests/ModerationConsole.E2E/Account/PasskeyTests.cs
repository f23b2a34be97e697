using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Account;

public sealed class PasskeyTests(ConsoleFixture console)
{
    [Fact]
    public async Task Passkey_MadeOnTheSecurityPage_SignsInWithoutAPasswordUntilItIsRemoved()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        ICDPSession devices = await browser.NewCDPSessionAsync(page);
        string device = await PlugInAsync(devices);
        await ConsoleFixture.SignInAsync(page, scene.People[0], Scene.Password);
        await page.GotoAsync("/account/security");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a passkey" }).ClickAsync();
        await page.Field("Name").FillAsync("My laptop");
        await page.PressAsync("Make a passkey");
        await Assertions.Expect(page.GetByText("The passkey is made.")).ToBeVisibleAsync();

        await SignOutAsync(page);
        await VerifyUserAsync(devices, device, verified: false);
        await page.PressAsync("Use a passkey");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This did not work with a passkey." })).ToBeVisibleAsync();
        await VerifyUserAsync(devices, device, verified: true);
        await page.PressAsync("Use a passkey");
        await page.ReadyAsync();

        // Taking it away asks for a proof where the last is old, and goes on by itself.
        await AgeAsync(scene);
        await page.GotoAsync("/account/security");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "this one" })).ToContainTextAsync("passkey");
        await page.AssertNothingSeriousAsync();
        await page.SetViewportSizeAsync(1440, 900);
        await page.PressAsync("Remove My laptop");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Password").FillAsync(Scene.Password);
        await page.PressAsync("Go on");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Removed the passkey “My laptop”. Other places are signed out.");
        await SignOutAsync(page);
        await page.PressAsync("Use a passkey");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This did not work with a passkey." })).ToBeVisibleAsync();
    }

    private static async Task<string> PlugInAsync(ICDPSession devices)
    {
        await devices.SendAsync("WebAuthn.enable");
        System.Text.Json.JsonElement? made = await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return made!.Value.GetProperty("authenticatorId").GetString()!;
    }

    private static Task<System.Text.Json.JsonElement?> VerifyUserAsync(ICDPSession devices, string device, bool verified) =>
        devices.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = device, ["isUserVerified"] = verified });

    private static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync("/account/logout");
        await page.PressAsync("Sign out");
        await page.WaitForURLAsync("**/account/login**");
    }

    private static Task AgeAsync(Scene scene) => scene.WriteAsync(async scope =>
    {
        string email = scene.People[0];
        Guid id = await scope.Db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync();
        foreach (PersonSession session in await scope.Db.Set<PersonSession>().Where(row => row.PersonId == id).ToListAsync())
        {
            session.ProvedAt = session.StartedAt.AddHours(-3);
        }
    });
}
