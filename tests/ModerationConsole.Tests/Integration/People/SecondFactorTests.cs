using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Tests.Support;
using SignInResult = ModerationConsole.Core.People.SignInResult;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Signing in with a password and a code.</summary>
public sealed partial class SecondFactorTests
{
    private const string Email = "m@people.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Code_AfterTheRightPassword_OpensTheSessionOnce()
    {
        await using TestConsole console = await StartAsync();
        (Session first, CodeApp app, _) = await SetUpAsync(console);

        SignInOutcome step = await PasswordAsync(console);
        Assert.Equal((SignInResult.NeedsCode, null), (step.Result, step.Session));
        SignInOutcome? wrong = await CodeAsync(console, step, "000000");
        SignInOutcome? done = await CodeAsync(console, step, app.CodeAt(console.Clock.GetUtcNow()));
        SignInOutcome? again = await CodeAsync(console, step, app.CodeAt(console.Clock.GetUtcNow().AddSeconds(30)));

        Assert.Equal(SignInResult.Failed, wrong!.Result);
        Assert.True(await IsCurrentAsync(console, done!.Session!));
        Assert.Null(again);
        Assert.True(await IsCurrentAsync(console, first));
        Assert.Equal(2, (await console.Use<ListMySessions>().RunAsync(Asking(first), Cancel)).Count);
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public async Task Code_OfAClockThatIsOff_IsTakenWithinOneStep(int seconds, bool taken)
    {
        await using TestConsole console = await StartAsync();
        (_, CodeApp app, _) = await SetUpAsync(console);
        console.Clock.Advance(TimeSpan.FromMinutes(2));

        SignInOutcome? outcome = await CodeAsync(console, await PasswordAsync(console), app.CodeAt(console.Clock.GetUtcNow().AddSeconds(seconds)));

        Assert.Equal(taken ? SignInResult.SignedIn : SignInResult.Failed, outcome!.Result);
    }

    [Fact]
    public async Task Code_UsedOnce_AndThoseBeforeIt_AreRefused()
    {
        await using TestConsole console = await StartAsync();
        (_, CodeApp app, _) = await SetUpAsync(console);
        console.Clock.Advance(TimeSpan.FromMinutes(2));
        DateTimeOffset now = console.Clock.GetUtcNow();
        Assert.Equal(SignInResult.SignedIn, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(now)))!.Result);

        Assert.Equal(SignInResult.Failed, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(now)))!.Result);
        Assert.Equal(SignInResult.Failed, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(now.AddSeconds(-30))))!.Result);
        Assert.Equal(SignInResult.SignedIn, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(now.AddSeconds(30))))!.Result);
    }

    [Fact]
    public async Task RecoveryCode_OfTheTen_SignsInOnceAndIsKeptAsAHash()
    {
        await using TestConsole console = await StartAsync();
        (Session session, _, IReadOnlyList<string> codes) = await SetUpAsync(console);
        string[] stored = await console.ReadAsync(db => db.Set<IdentityUserToken<Guid>>().Select(token => token.Value!).ToArrayAsync(Cancel));

        SignInOutcome? done = await CodeAsync(console, await PasswordAsync(console), codes[3].ToUpperInvariant());
        SignInOutcome? again = await CodeAsync(console, await PasswordAsync(console), codes[3]);

        Assert.Equal(10, codes.Distinct().Count());
        Assert.DoesNotContain(stored, value => codes.Any(code => value.Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)));
        Assert.Equal((SignInResult.SignedIn, SignInResult.Failed), (done!.Result, again!.Result));
        Assert.Equal(9, (await console.Use<GetMySecurity>().RunAsync(Asking(session), Cancel))!.RecoveryCodesLeft);
        Assert.Equal(1, await CountAsync(console, AuditAct.RecoveryCodeUsed));
    }

    [Fact]
    public async Task RecoveryCodes_MadeAnew_ReplaceTheOldOnes()
    {
        await using TestConsole console = await StartAsync();
        (Session session, _, IReadOnlyList<string> old) = await SetUpAsync(console);

        FactorOutcome renewed = await console.Use<RenewRecoveryCodes>().RunAsync(Asking(session), Cancel);

        Assert.Equal(SignInResult.Failed, (await CodeAsync(console, await PasswordAsync(console), old[0]))!.Result);
        Assert.Equal(SignInResult.SignedIn, (await CodeAsync(console, await PasswordAsync(console), renewed.RecoveryCodes![0]))!.Result);
    }

    [Fact]
    public async Task WrongCodes_WithTheRightPasswordBetween_LockTheAccount()
    {
        await using TestConsole console = await StartAsync();
        (_, CodeApp app, IReadOnlyList<string> codes) = await SetUpAsync(console);
        SignInOutcome step = null!;
        SignInOutcome? last = null;
        for (int i = 0; i < 5; i++)
        {
            step = await PasswordAsync(console);
            Assert.Equal(SignInResult.NeedsCode, step.Result);
            last = await CodeAsync(console, step, "000000");
        }

        Assert.Equal(SignInResult.LockedOut, last!.Result);
        Assert.Equal(SignInResult.LockedOut, (await CodeAsync(console, step, app.CodeAt(console.Clock.GetUtcNow())))!.Result);
        Assert.Equal(SignInResult.LockedOut, (await CodeAsync(console, step, codes[0]))!.Result);
        Assert.Equal(SignInResult.LockedOut, (await PasswordAsync(console)).Result);
        console.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(SignInResult.SignedIn, (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(console.Clock.GetUtcNow())))!.Result);
    }

    [Fact]
    public async Task Ticket_TooOldOrOfAnotherPasswordOrForSettingUp_OpensNothing()
    {
        await using TestConsole console = await StartAsync();
        (Session session, CodeApp app, _) = await SetUpAsync(console);
        SignInOutcome step = await PasswordAsync(console);

        console.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await CodeAsync(console, step, app.CodeAt(console.Clock.GetUtcNow())));
        SignInOutcome fresh = await PasswordAsync(console);
        Assert.Null(await CodeAsync(console, fresh with { Ticket = fresh.Ticket! with { SetsUp = true } }, app.CodeAt(console.Clock.GetUtcNow())));
        string secret = Authenticator.NewSecret();
        Assert.Null(await console.Use<SetUpAtSignIn>().RunAsync(
            fresh.Ticket! with { SetsUp = true }, secret, new CodeApp(secret).CodeAt(console.Clock.GetUtcNow()), null, Cancel));
        await console.Use<ChangeMyPassword>().RunAsync(Asking(session), session.Id, Visitor.Password, "another four words now", Cancel);
        Assert.Null(await CodeAsync(console, fresh, app.CodeAt(console.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task Factor_AddedOrTakenAway_EndsTheOtherSessionsAndIsAudited()
    {
        await using TestConsole console = await StartAsync();
        Session other = (await PasswordAsync(console)).Session!;
        (Session here, CodeApp app, _) = await SetUpAsync(console);
        Assert.False(await IsCurrentAsync(console, other));
        Session later = (await CodeAsync(console, await PasswordAsync(console), app.CodeAt(console.Clock.GetUtcNow())))!.Session!;

        Assert.Equal(FactorResult.Done, (await console.Use<RemoveAuthenticator>().RunAsync(Asking(here), Cancel)).Result);

        Assert.False(await IsCurrentAsync(console, later));
        Assert.True(await IsCurrentAsync(console, here));
        Assert.Equal(SignInResult.SignedIn, (await PasswordAsync(console)).Result);
        Assert.Equal((1, 1), (await CountAsync(console, AuditAct.SecondFactorAdded), await CountAsync(console, AuditAct.SecondFactorRemoved)));
    }

    [Fact]
    public async Task Factor_OfSomebodyWhoLostTheirPhone_IsTakenAwayByAnAdministrator()
    {
        await using TestConsole console = await StartAsync();
        (Session session, _, _) = await SetUpAsync(console);
        Caller admin = await console.PersonAsync(Roles.Admin);

        Assert.Equal(PersonOutcome.Oneself, await console.Use<ResetSecondFactor>().RunAsync(admin, admin.Id, Cancel));
        Assert.Equal(PersonOutcome.Done, await console.Use<ResetSecondFactor>().RunAsync(admin, session.PersonId, Cancel));

        Assert.False(await IsCurrentAsync(console, session));
        Assert.Equal(SignInResult.SignedIn, (await PasswordAsync(console)).Result);
    }

    [Fact]
    public async Task Commands_OnOnesFactor_AskForAProofOfTheLastMinutes()
    {
        await using TestConsole console = await StartAsync();
        (Session session, CodeApp app, _) = await SetUpAsync(console);
        console.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(FactorResult.ProveFirst, (await console.Use<RenewRecoveryCodes>().RunAsync(Asking(session), Cancel)).Result);
        Assert.Equal(FactorResult.ProveFirst, (await console.Use<RemoveAuthenticator>().RunAsync(Asking(session), Cancel)).Result);
        Assert.Equal(FactorResult.ProveFirst, (await console.Use<AddAuthenticator>().RunAsync(Asking(session), Authenticator.NewSecret(), "000000", Cancel)).Result);
        ProveMyself prove = console.Use<ProveMyself>();
        Assert.Equal(ProveResult.Wrong, await prove.ByPasswordAsync(Asking(session), "wrong", Cancel));
        Assert.Equal(ProveResult.Wrong, await prove.ByCodeAsync(Asking(session), "000000", Cancel));
        Assert.Equal(FactorResult.ProveFirst, (await console.Use<RenewRecoveryCodes>().RunAsync(Asking(session), Cancel)).Result);
        Assert.Equal(ProveResult.Proved, await prove.ByCodeAsync(Asking(session), app.CodeAt(console.Clock.GetUtcNow()), Cancel));
        Assert.Equal(FactorResult.Done, (await console.Use<RenewRecoveryCodes>().RunAsync(Asking(session), Cancel)).Result);
        console.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(ProveResult.Proved, await prove.ByPasswordAsync(Asking(session), Visitor.Password, Cancel));
        Assert.Equal(FactorResult.Done, (await console.Use<RemoveAuthenticator>().RunAsync(Asking(session), Cancel)).Result);
        Assert.Equal(2, await CountAsync(console, AuditAct.IdentityProved));
    }

    [Fact]
    public async Task Proof_InASessionOfSomebodyElse_CountsForNothing()
    {
        await using TestConsole console = await StartAsync();
        Session session = (await PasswordAsync(console)).Session!;
        Caller other = await console.PersonAsync(Roles.Moderator);
        IRecentProof proof = console.Get<IRecentProof>();

        Assert.True(await proof.IsFreshAsync(Asking(session), Cancel));
        Assert.False(await proof.IsFreshAsync(other with { SessionId = session.Id }, Cancel));
        Assert.False(await proof.IsFreshAsync(Asking(session) with { SessionId = Guid.NewGuid() }, Cancel));
        Assert.True(await proof.IsFreshAsync(Caller.System, Cancel));
    }

    [Fact]
    public async Task WrongProofs_OfAnOpenSession_LockTheAccount()
    {
        await using TestConsole console = await StartAsync();
        (Session session, _, _) = await SetUpAsync(console);
        ProveMyself prove = console.Use<ProveMyself>();
        ProveResult last = default;
        for (int i = 0; i < 5; i++)
        {
            Assert.NotEqual(ProveResult.LockedOut, last);
            last = await prove.ByCodeAsync(Asking(session), "000000", Cancel);
        }

        Assert.Equal(ProveResult.LockedOut, last);
        Assert.Equal(ProveResult.LockedOut, await prove.ByPasswordAsync(Asking(session), Visitor.Password, Cancel));
    }

    private static async Task<TestConsole> StartAsync()
    {
        TestConsole console = await TestConsole.StartAsync();
        await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson(Email, "Someone", [Roles.Moderator], Password: Visitor.Password), Cancel);
        return console;
    }

    private static async Task<(Session Session, CodeApp App, IReadOnlyList<string> RecoveryCodes)> SetUpAsync(TestConsole console)
    {
        Session session = (await PasswordAsync(console)).Session!;
        (CodeApp app, IReadOnlyList<string> codes) = await CodeApp.SetUpAsync(console.Use<AddAuthenticator>(), Asking(session), console.Clock.GetUtcNow());
        return (session, app, codes);
    }

    private static Caller Asking(Session session) => Caller.Person(session.PersonId, session.Id);

    private static Task<SignInOutcome> PasswordAsync(TestConsole console) => console.Use<SignIn>().RunAsync(Email, Visitor.Password, Cancel);

    private static Task<SignInOutcome?> CodeAsync(TestConsole console, SignInOutcome step, string code) =>
        console.Use<SignInWithCode>().RunAsync(step.Ticket!, code, null, Cancel);

    private static Task<bool> IsCurrentAsync(TestConsole console, Session session) => console.Get<SessionCheck>().IsCurrentAsync(session, Cancel);

    private static Task<int> CountAsync(TestConsole console, AuditAct act) =>
        console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Act == act, Cancel));
}
