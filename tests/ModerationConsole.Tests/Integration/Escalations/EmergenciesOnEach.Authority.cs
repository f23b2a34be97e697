using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

// Which authority was told.
public abstract partial class EmergenciesOnEach
{
    [Fact]
    public async Task Authority_Told_IsWrittenDownForGood()
    {
        await using TestConsole console = await StartAsync(null);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AlarmAsync();
        DateTimeOffset at = console.Clock.Now();
        console.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(RecordAuthorityOutcome.Recorded, await TellAsync(console, room.First, number, " Police, duty desk ", at, room.Second.Id, "PV-2026-17"));
        await room.RuleAsync(room.First);
        Assert.Equal(RecordAuthorityOutcome.Recorded, await TellAsync(console, room.Second, number, "Europol", console.Clock.Now(), null, null));

        Assert.Equal(
            [("Police, duty desk", "PV-2026-17", (DateTimeOffset?)at), ("Europol", null, console.Clock.Now())],
            (await room.ReadAsync(room.First, number))!.Told.Select(told => (told.Authority, told.Reference, (DateTimeOffset?)told.ToldAt)));
        List<AuditEntry> entries = await console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.AuthorityTold).ToListAsync(Cancel));
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.DoesNotContain("PV-2026", entry.Details, StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidOperationException>(() => console.WriteAsync(async scope =>
        {
            scope.Db.Remove(await scope.Db.Set<ToldAuthority>().FirstAsync(Cancel));
            return 0;
        }));
    }

    [Fact]
    public async Task Authority_ThatCannotBeSo_IsRefused()
    {
        await using TestConsole console = await StartAsync(null);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AlarmAsync();
        DateTimeOffset now = console.Clock.Now();
        long question = await room.AskAsync();

        Assert.Equal(RecordAuthorityOutcome.AuthorityInvalid, await TellAsync(console, room.First, number, " ", now, null, null));
        Assert.Equal(RecordAuthorityOutcome.AuthorityInvalid, await TellAsync(console, room.First, number, new string('a', 401), now, null, null));
        Assert.Equal(RecordAuthorityOutcome.ReferenceTooLong, await TellAsync(console, room.First, number, "Police", now, null, new string('1', 201)));
        Assert.Equal(RecordAuthorityOutcome.TimeInvalid, await TellAsync(console, room.First, number, "Police", now.AddMinutes(2), null, null));
        Assert.Equal(RecordAuthorityOutcome.TimeInvalid, await TellAsync(console, room.First, number, "Police", now.AddMinutes(-2), null, null));
        Assert.Equal(RecordAuthorityOutcome.UnknownPerson, await TellAsync(console, room.First, number, "Police", now, Guid.NewGuid(), null));
        Assert.Equal(RecordAuthorityOutcome.NotThere, await TellAsync(console, room.First, question, "Police", now, null, null));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<ToldAuthority>().CountAsync(Cancel)));
    }
}
