using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Hosting;

namespace ModerationConsole.Tests.Integration.Security.SingleSignOn;

/// <summary>A console into which people come by a provider alone.</summary>
public sealed class LocalAccountsOffTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LocalAccounts_SwitchedOff_LeaveOnlyProvidersToSignInWith()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using WebConsole console = await WebConsole.StartAsync(new(ProviderScene.Settings(issuer)) { ["SingleSignOn:LocalAccounts"] = "false" });
        (string email, _) = await Visitor.AddAsync(console, Roles.Moderator);
        AddPersonOutcome fresh = await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson("fresh@people.example", "Fresh", [Roles.Lead]), Cancel);
        using Visitor visitor = new(console);

        string door = await visitor.Client.GetStringAsync("/account/login", Cancel);
        SignInOutcome password = await console.Use<SignIn>().RunAsync(email, Visitor.Password, Cancel);
        ChoosePasswordOutcome first = await console.Use<ChooseFirstPassword>().RunAsync("fresh@people.example", fresh.OneTimePassword!, Visitor.Password, Cancel);
        int added = await ActivatorUtilities.CreateInstance<AddUserVerb>(console.Services).RunAsync(["someone@people.example", "--role", "Admin"], console.Services, Cancel);

        Assert.DoesNotContain("type=\"password\"", door, StringComparison.Ordinal);
        Assert.Contains("Sign in with Company", door, StringComparison.Ordinal);
        Assert.Equal((SignInResult.LocalAccountsOff, ChoosePasswordOutcome.Failed, ExitCode.Failed), (password.Result, first, added));
        issuer.Knows("only", ["moderators"]);
        Uri asked = await ProviderScene.SetOutAsync(visitor);
        Assert.Equal("/", await ProviderScene.ComeBackAsync(visitor, asked, issuer.Code(asked, "only")));
    }
}
