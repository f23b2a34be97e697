using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>How long a session lasts, and how it is ended from another.</summary>
public sealed class SessionTests
{
    private const string Email = "m@people.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_NobodyUses_IsOverAfterAnHour()
    {
        await using TestConsole console = await StartAsync();
        Session session = await SignInAsync(console);

        console.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await IsCurrentAsync(console, session));
        console.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await IsCurrentAsync(console, session));
    }

    [Fact]
    public async Task Session_InUse_LastsUntilItsHoursAreOver()
    {
        await using TestConsole console = await StartAsync();
        Session session = await SignInAsync(console);
        SessionCheck check = console.Get<SessionCheck>();

        for (int i = 0; i < 14; i++)
        {
            console.Clock.Advance(TimeSpan.FromMinutes(50));
            Assert.True(await IsCurrentAsync(console, session));
            check.Used(session);
            // Another node knows of it only what is stored.
            await console.Get<SessionsSeen>().StoreAsync(Cancel);
            Assert.Null(console.Get<SessionsSeen>().At(session.Id));
        }

        console.Clock.Advance(TimeSpan.FromMinutes(21));
        Assert.False(await IsCurrentAsync(console, session));
    }

    [Fact]
    public async Task Session_EndedFromAnother_IsOverAloneAndInTheAudit()
    {
        await using TestConsole console = await StartAsync();
        Session here = await SignInAsync(console, "Firefox on a train\u0007");
        console.Clock.Advance(TimeSpan.FromMinutes(1));
        Session there = await SignInAsync(console);
        Caller caller = Caller.Person(here.PersonId);

        IReadOnlyList<SessionRow> both = await console.Use<ListMySessions>().RunAsync(caller, Cancel);
        Assert.Equal([there.Id, here.Id], both.Select(row => row.Id));
        Assert.Equal("Firefox on a train", both[1].Browser);
        Assert.True(await console.Use<EndMySession>().RunAsync(caller, there.Id, Cancel));
        Assert.False(await console.Use<EndMySession>().RunAsync(caller, there.Id, Cancel));

        Assert.False(await IsCurrentAsync(console, there));
        Assert.True(await IsCurrentAsync(console, here));
        Assert.Equal(here.Id, Assert.Single(await console.Use<ListMySessions>().RunAsync(caller, Cancel)).Id);
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.SessionEnded, Cancel)));
    }

    [Fact]
    public async Task Session_OfSomebodyElse_CannotBeEnded()
    {
        await using TestConsole console = await StartAsync();
        Session session = await SignInAsync(console);
        Caller other = await console.PersonAsync(Roles.Admin);

        Assert.False(await console.Use<EndMySession>().RunAsync(other, session.Id, Cancel));
        Assert.Empty(await console.Use<ListMySessions>().RunAsync(other, Cancel));

        Assert.True(await IsCurrentAsync(console, session));
    }

    [Fact]
    public async Task Cookie_ThatNamesAnotherSession_OpensNothing()
    {
        await using TestConsole console = await StartAsync();
        Session session = await SignInAsync(console);

        Assert.False(await IsCurrentAsync(console, session with { Id = Guid.NewGuid() }));
        Assert.False(await IsCurrentAsync(console, session with { PersonId = Guid.NewGuid() }));
        Assert.False(await IsCurrentAsync(console, session with { Stamp = "other" }));
    }

    private static async Task<TestConsole> StartAsync()
    {
        TestConsole console = await TestConsole.StartAsync();
        await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson(Email, "Someone", [Roles.Moderator], Password: Visitor.Password), Cancel);
        return console;
    }

    private static async Task<Session> SignInAsync(TestConsole console, string? browser = null) =>
        (await console.Use<SignIn>().RunAsync(Email, Visitor.Password, Cancel, browser)).Session!;

    private static Task<bool> IsCurrentAsync(TestConsole console, Session session) => console.Get<SessionCheck>().IsCurrentAsync(session, Cancel);
}
