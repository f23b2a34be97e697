using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

public sealed class SignInTests
{
    private const string Email = "m@people.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lock_AfterFiveWrongPasswords_LastsFiveMinutesThenTwiceAsLong()
    {
        await using TestConsole console = await StartAsync();

        Assert.Equal(TimeSpan.FromMinutes(5), await LockAsync(console));
        console.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(10), await LockAsync(console));
        console.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.FromMinutes(20), await LockAsync(console));
        console.Clock.Advance(TimeSpan.FromMinutes(20));

        // Signing in makes the next lock a short one.
        Assert.Equal(SignInResult.SignedIn, (await TryAsync(console, Visitor.Password)).Result);
        Assert.Equal(TimeSpan.FromMinutes(5), await LockAsync(console));
    }

    [Fact]
    public async Task Lock_NotOverYet_RefusesTheRightPassword()
    {
        await using TestConsole console = await StartAsync();
        await LockAsync(console);
        console.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));

        Assert.Equal(SignInResult.LockedOut, (await TryAsync(console, Visitor.Password)).Result);
        console.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SignInResult.SignedIn, (await TryAsync(console, Visitor.Password)).Result);
    }

    [Fact]
    public async Task WrongPasswords_AtTheSameTime_AreEachCounted()
    {
        await using TestConsole console = await StartAsync();

        SignInOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TryAsync(console, "wrong")));

        Assert.Single(outcomes, outcome => outcome.Result == SignInResult.LockedOut);
    }

    [Fact]
    public async Task Tries_OfAnyEnd_AreAuditedWithoutAddressOrPassword()
    {
        await using TestConsole console = await StartAsync();
        await TryAsync(console, Visitor.Password);
        await TryAsync(console, "wrong");
        await console.Use<SignIn>().RunAsync("nobody@people.example", "wrong", Cancel);

        List<AuditEntry> entries = await console.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.Act == AuditAct.SignedIn || entry.Act == AuditAct.SignInFailed).OrderBy(entry => entry.Number).ToListAsync(Cancel));

        Assert.Equal([AuditAct.SignedIn, AuditAct.SignInFailed, AuditAct.SignInFailed], entries.Select(entry => entry.Act));
        Assert.Equal(CallerKind.Person, entries[0].ActorKind);
        Assert.Equal("""{"reason":"unknown"}""", entries[2].Details);
        Assert.All(entries, entry => Assert.DoesNotContain('@', entry.Details + entry.Subject));
    }

    [Fact]
    public async Task Password_ResetMeanwhile_NoLongerOpens()
    {
        await using TestConsole console = await StartAsync();
        Guid id = await console.ReadAsync(db => db.Set<Moderator>().Select(row => row.Id).SingleAsync(Cancel));
        ResetPasswordOutcome reset = await console.Use<ResetPassword>().RunAsync(Caller.System, id, Cancel);

        Assert.Equal(SignInResult.Failed, (await TryAsync(console, Visitor.Password)).Result);
        Assert.Equal(SignInResult.MustChoosePassword, (await TryAsync(console, reset.OneTimePassword!)).Result);
        Assert.Equal(ChoosePasswordOutcome.Refused, await ChooseAsync(console, reset.OneTimePassword!, "short"));
        Assert.Equal(ChoosePasswordOutcome.Failed, await ChooseAsync(console, "not the given one", "one of my very own"));
        Assert.Equal(ChoosePasswordOutcome.Chosen, await ChooseAsync(console, reset.OneTimePassword!, "one of my very own"));
        Assert.Equal(ChoosePasswordOutcome.Failed, await ChooseAsync(console, reset.OneTimePassword!, "one of somebody else"));
        Assert.Equal(SignInResult.SignedIn, (await TryAsync(console, "one of my very own")).Result);
    }

    [Fact]
    public async Task OwnPassword_Changed_NeedsThePresentOneAndEndsOtherSessions()
    {
        await using TestConsole console = await StartAsync();
        Session before = (await TryAsync(console, Visitor.Password)).Session!;
        Caller caller = Caller.Person(before.PersonId);

        Assert.Equal(ChangePasswordResult.WrongPassword, (await ChangeAsync("wrong", "a new one of mine")).Result);
        Assert.Equal(ChangePasswordResult.Refused, (await ChangeAsync(Visitor.Password, "short")).Result);
        ChangePasswordOutcome changed = await ChangeAsync(Visitor.Password, "a new one of mine");

        Assert.Equal(ChangePasswordResult.Changed, changed.Result);
        SessionCheck sessions = console.Get<SessionCheck>();
        Assert.False(await sessions.IsCurrentAsync(before, Cancel));
        Assert.True(await sessions.IsCurrentAsync(changed.Session!, Cancel));

        Task<ChangePasswordOutcome> ChangeAsync(string present, string password) =>
            console.Use<ChangeMyPassword>().RunAsync(caller, before.Id, present, password, Cancel);
    }

    private static async Task<TestConsole> StartAsync()
    {
        TestConsole console = await TestConsole.StartAsync();
        AddPersonOutcome outcome = await console.Use<AddPerson>().RunAsync(
            Caller.System, new NewPerson(Email, "Someone", [Roles.Moderator], Password: Visitor.Password), Cancel);
        Assert.Equal(AddPersonResult.Added, outcome.Result);
        return console;
    }

    private static Task<SignInOutcome> TryAsync(TestConsole console, string password) => console.Use<SignIn>().RunAsync(Email, password, Cancel);

    private static Task<ChoosePasswordOutcome> ChooseAsync(TestConsole console, string given, string chosen) =>
        console.Use<ChooseFirstPassword>().RunAsync(Email, given, chosen, Cancel);

    private static async Task<TimeSpan> LockAsync(TestConsole console)
    {
        SignInOutcome outcome = null!;
        for (int i = 0; i < 5; i++)
        {
            outcome = await TryAsync(console, "wrong");
            Assert.Equal(i < 4 ? SignInResult.Failed : SignInResult.LockedOut, outcome.Result);
        }

        return outcome.LockedUntil!.Value - console.Clock.GetUtcNow();
    }
}
