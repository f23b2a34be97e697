using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Tests.Support;
using SignInResult = ModerationConsole.Core.People.SignInResult;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Roles that demand a second factor.</summary>
public sealed class DemandedFactorTests
{
    private const string Email = "m@people.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_WithoutTheFactorThatARoleDemands_SetsOneUpBeforeThereIsASession()
    {
        await using TestConsole console = await StartAsync(Roles.Auditor);

        SignInOutcome step = await PasswordAsync(console);
        Assert.Equal((SignInResult.NeedsSecondFactor, null), (step.Result, step.Session));
        string secret = Authenticator.NewSecret();
        SetUpAtSignIn setUp = console.Use<SetUpAtSignIn>();
        (SignInOutcome SignIn, IReadOnlyList<string>)? wrong = await setUp.RunAsync(step.Ticket!, secret, "000000", null, Cancel);
        (SignInOutcome SignIn, IReadOnlyList<string> Codes)? done = await setUp.RunAsync(step.Ticket!, secret, CodeOf(console, secret), null, Cancel);
        (SignInOutcome, IReadOnlyList<string>)? again = await setUp.RunAsync(step.Ticket!, secret, CodeOf(console, secret), null, Cancel);

        Assert.Equal(SignInResult.Failed, wrong!.Value.SignIn.Result);
        Assert.True(await IsCurrentAsync(console, done!.Value.SignIn.Session!));
        Assert.Equal(10, done.Value.Codes.Count);
        Assert.Null(again);
        Assert.Equal(SignInResult.NeedsCode, (await PasswordAsync(console)).Result);
    }

    [Fact]
    public async Task Session_OfAPasswordAlone_IsOverWhenARoleComesToDemandMore()
    {
        await using TestConsole console = await StartAsync(Roles.Moderator);
        Session session = (await PasswordAsync(console)).Session!;
        Assert.True(await IsCurrentAsync(console, session));

        await console.Use<SetRoles>().RunAsync(Caller.System, session.PersonId, [Roles.Auditor], Cancel);

        Assert.False(await IsCurrentAsync(console, session));
    }

    [Theory]
    [InlineData(SessionMethod.Provider)]
    [InlineData(SessionMethod.Passkey)]
    public async Task Session_OfAProviderOrAPasskey_IsEnough(SessionMethod method)
    {
        await using TestConsole console = await StartAsync(Roles.Auditor);
        SignInTicket ticket = (await PasswordAsync(console)).Ticket!;
        PersonSession row = new()
        {
            PersonId = ticket.PersonId,
            StartedAt = console.Clock.GetUtcNow(),
            LastSeenAt = console.Clock.GetUtcNow(),
            ProvedAt = console.Clock.GetUtcNow(),
            Method = method,
        };
        await console.WriteAsync(scope => Task.FromResult(scope.Db.Add(row).Entity.Id));

        Assert.True(await IsCurrentAsync(console, new Session(row.Id, row.PersonId, ticket.Stamp, "")));
    }

    [Fact]
    public async Task SignIn_ByPasswordOfSomebodyWithAPasskey_NeitherOpensNorSetsUpAnApp()
    {
        await using TestConsole console = await StartAsync(Roles.Auditor);
        SignInTicket early = (await PasswordAsync(console)).Ticket!;
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new IdentityUserPasskey<Guid> { UserId = early.PersonId, CredentialId = [1, 2, 3], Data = new IdentityPasskeyData() });
            return Task.FromResult(true);
        });
        string secret = Authenticator.NewSecret();

        SignInOutcome outcome = await PasswordAsync(console);
        Assert.Equal((SignInResult.NeedsPasskey, null, null), (outcome.Result, outcome.Session, outcome.Ticket));
        Assert.Null(await console.Use<SetUpAtSignIn>().RunAsync(early, secret, CodeOf(console, secret), null, Cancel));
    }

    [Fact]
    public async Task Factor_ThatARoleDemands_CannotBeTakenAway()
    {
        await using TestConsole console = await StartAsync(Roles.Auditor);
        SignInOutcome step = await PasswordAsync(console);
        string secret = Authenticator.NewSecret();
        Session session = (await console.Use<SetUpAtSignIn>().RunAsync(step.Ticket!, secret, CodeOf(console, secret), null, Cancel))!.Value.SignIn.Session!;

        FactorOutcome outcome = await console.Use<RemoveAuthenticator>().RunAsync(Caller.Person(session.PersonId, session.Id), Cancel);

        Assert.Equal(FactorResult.Required, outcome.Result);
        Assert.Equal(SignInResult.NeedsCode, (await PasswordAsync(console)).Result);
    }

    private static async Task<TestConsole> StartAsync(string role)
    {
        TestConsole console = await TestConsole.StartAsync(new() { ["SecondFactor:Roles:0"] = Roles.Auditor });
        await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson(Email, "Someone", [role], Password: Visitor.Password), Cancel);
        return console;
    }

    private static string CodeOf(TestConsole console, string secret) => new CodeApp(secret).CodeAt(console.Clock.GetUtcNow());

    private static Task<SignInOutcome> PasswordAsync(TestConsole console) => console.Use<SignIn>().RunAsync(Email, Visitor.Password, Cancel);

    private static Task<bool> IsCurrentAsync(TestConsole console, Session session) => console.Get<SessionCheck>().IsCurrentAsync(session, Cancel);
}
