using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

public sealed class SearchAuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<FoundEntries> SearchAsync(TestConsole console, Caller caller, AuditFilter filter, long? olderThan = null, long? newerThan = null, int size = 50) =>
        console.Use<SearchAudit>().RunAsync(caller, filter, olderThan, newerThan, size, Cancel);

    private static Task<AuditEntry> RecordAsync(TestConsole console, Caller caller, AuditAct act, long? caseNumber = null, string? subject = null) =>
        console.WriteAsync(scope => Task.FromResult(scope.Record(caller, act, caseNumber, subject: subject)));

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Lead)]
    [InlineData(Roles.Moderator)]
    public async Task Search_ByOneWhoMayNot_IsRefusedAndNotRecorded(string role)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync(role);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => SearchAsync(console, person, new AuditFilter()));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Search_Made_IsItselfInTheAuditWithWhatWasAsked()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller auditor = await console.PersonAsync(Roles.Auditor);

        await SearchAsync(console, auditor, new AuditFilter(Act: AuditAct.SignedIn, CaseNumber: 7, Subject: "typed by a person"));

        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.AuditSearched, Cancel));
        Assert.Equal((auditor.Id, 7L), (entry.ActorId, entry.CaseNumber));
        Assert.Equal("""{"act":"SignedIn","bySubject":true}""", entry.Details);
    }

    [Fact]
    public async Task Search_ByPersonActCaseSubjectAndTime_FindsOnlyThose()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        Caller one = await console.PersonAsync();
        await RecordAsync(console, one, AuditAct.QueueChanged, subject: "q-1");
        console.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset noon = console.Clock.GetUtcNow();
        await RecordAsync(console, Caller.System, AuditAct.CaseOpened, caseNumber: 12);

        async Task<AuditAct[]> Found(AuditFilter filter) =>
            [.. (await SearchAsync(console, auditor, filter)).Entries.Where(entry => entry.Act != AuditAct.AuditSearched).Select(entry => entry.Act)];

        Assert.Equal([AuditAct.QueueChanged], await Found(new AuditFilter(ActorId: one.Id)));
        Assert.Equal([AuditAct.CaseOpened], await Found(new AuditFilter(Act: AuditAct.CaseOpened)));
        Assert.Equal([AuditAct.CaseOpened], await Found(new AuditFilter(CaseNumber: 12)));
        Assert.Equal([AuditAct.QueueChanged], await Found(new AuditFilter(Subject: "q-1")));
        Assert.Equal([AuditAct.QueueChanged], await Found(new AuditFilter(To: noon)));
        Assert.Equal([AuditAct.CaseOpened], await Found(new AuditFilter(From: noon)));
    }

    [Fact]
    public async Task Search_InParts_GoesThroughAllOnceNewestFirst()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        for (int count = 0; count < 5; count++)
        {
            await RecordAsync(console, Caller.System, AuditAct.QueueChanged, subject: $"{count}");
        }

        AuditFilter filter = new(Act: AuditAct.QueueChanged);
        FoundEntries first = await SearchAsync(console, auditor, filter, size: 2);
        FoundEntries second = await SearchAsync(console, auditor, filter, olderThan: first.Entries[^1].Number, size: 2);
        FoundEntries third = await SearchAsync(console, auditor, filter, olderThan: second.Entries[^1].Number, size: 2);
        FoundEntries back = await SearchAsync(console, auditor, filter, newerThan: third.Entries[0].Number, size: 2);

        Assert.Equal("43210", string.Concat(first.Entries.Concat(second.Entries).Concat(third.Entries).Select(entry => entry.Subject)));
        Assert.True(first is { HasNewer: false, HasOlder: true });
        Assert.True(third is { HasNewer: true, HasOlder: false });
        Assert.Equal(["2", "1"], back.Entries.Select(entry => entry.Subject));
    }
}
