using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Tests.Support;
using SignInResult = ModerationConsole.Core.People.SignInResult;

namespace ModerationConsole.Tests.Integration.People;

// How the secrets of apps are kept.
public sealed partial class SecondFactorTests
{
    [Fact]
    public async Task Secret_OfAnApp_IsKeptEncryptedForItsPersonAlone()
    {
        await using TestConsole console = await StartAsync();
        Session session = (await PasswordAsync(console)).Session!;
        string secret = Authenticator.NewSecret();
        CodeApp app = new(secret);
        await console.Use<AddAuthenticator>().RunAsync(Asking(session), secret, app.CodeAt(console.Clock.GetUtcNow().AddSeconds(-30)), Cancel);
        Caller other = await console.PersonAsync();

        string kept = await SecretAsync(console, row => row.Value!);
        Assert.Equal((false, 0), (kept.Contains(secret, StringComparison.OrdinalIgnoreCase), await Closing(console).RunOnceAsync(Cancel)));
        await console.WriteAsync(scope =>
        {
            scope.Db.UserTokens.Add(new() { UserId = other.Id, LoginProvider = "Console", Name = "AuthenticatorSecret", Value = kept });
            return Task.FromResult(true);
        });
        Assert.Null(await console.WriteAsync(async scope =>
        {
            using UserManager<IdentityUser<Guid>> manager = console.Get<Accounts>().Over(scope.Db);
            return await manager.GetAuthenticationTokenAsync(await scope.Db.Users.SingleAsync(row => row.Id == other.Id, Cancel), "Console", "AuthenticatorSecret");
        }));
        Assert.Equal(SignInResult.SignedIn, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(console.Clock.GetUtcNow())))!.Result);
    }

    [Fact]
    public async Task Secret_StoredOpenBefore_StillWorksAndIsEncryptedOnce()
    {
        await using TestConsole console = await StartAsync();
        Session session = (await PasswordAsync(console)).Session!;
        string secret = Authenticator.NewSecret();
        CodeApp app = new(secret);
        await console.Use<AddAuthenticator>().RunAsync(Asking(session), secret, app.CodeAt(console.Clock.GetUtcNow().AddSeconds(-30)), Cancel);
        await SecretAsync(console, row => row.Value = secret);

        Assert.Equal(SignInResult.SignedIn, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(console.Clock.GetUtcNow())))!.Result);
        Assert.Equal(1, await Closing(console).RunOnceAsync(Cancel));
        Assert.Equal(0, await Closing(console).RunOnceAsync(Cancel));

        Assert.DoesNotContain(secret, await SecretAsync(console, row => row.Value!), StringComparison.OrdinalIgnoreCase);
        console.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(SignInResult.SignedIn, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(console.Clock.GetUtcNow())))!.Result);
    }

    private static CloseOldSecrets Closing(TestConsole console) => ActivatorUtilities.CreateInstance<CloseOldSecrets>(console.Services);

    private static Task<string> SecretAsync(TestConsole console, Func<IdentityUserToken<Guid>, string> use) => console.WriteAsync(async scope =>
        use(await scope.Db.UserTokens.SingleAsync(row => row.Name == "AuthenticatorSecret", Cancel)));
}
