using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Oversight;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Oversight;

/// <summary>Alarms about people who look at, look up or take away far more than work does.</summary>
public sealed class UseAlarmTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> s_limits = new()
    {
        ["Abuse:RevealsPerHour"] = "4", ["Abuse:RevealsPerDay"] = "6", ["Abuse:RevealsByReasonPerHour"] = "0", ["Abuse:RevealsByReasonPerDay"] = "3",
        ["Abuse:ExportsPerHour"] = "2", ["Abuse:ExportsPerDay"] = "0", ["Abuse:LookUpsPerHour"] = "4", ["Abuse:LookUpsPerDay"] = "0",
    };

    private TestConsole _console = null!;
    private Caller _lead = null!;
    private Caller _auditor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync(s_limits);
        (_lead, _auditor) = (await _console.PersonAsync(Roles.Lead), await _console.PersonAsync(Roles.Auditor));
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Use_BeyondALimit_IsToldToEveryAuditorAndInTheAudit()
    {
        Caller second = await _console.PersonAsync(Roles.Auditor);
        await RecordAsync(AuditAct.QualityExported, 2);
        await WatchAsync();
        Assert.Empty(await AlarmsAsync());

        await RecordAsync(AuditAct.AuditProved, 1);
        await WatchAsync();

        UseAlarm alarm = Assert.Single(await AlarmsAsync());
        Assert.Equal((_lead.Id, UseKind.Exports, 1, 3, 2), (alarm.PersonId, alarm.Kind, alarm.Hours, alarm.Count, alarm.Most));
        string name = await _console.ReadAsync(db => db.Set<Moderator>().Where(row => row.Id == _lead.Id).Select(row => row.DisplayName).SingleAsync(Cancel));
        foreach (Caller auditor in new[] { _auditor, second })
        {
            InboxEntry told = Assert.Single(await InboxAsync(auditor));
            Assert.Equal((InboxKind.AlarmRaised, nameof(UseKind.Exports), name, 3), (told.Kind, told.Subject, told.Name, told.Count));
        }

        Assert.Empty(await InboxAsync(_lead));
        AuditEntry entry = await _console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.AlarmRaised, Cancel));
        Assert.Equal((CallerKind.System, alarm.Id.ToString()), (entry.ActorKind, entry.Subject));
        Assert.Equal($$"""{"count":3,"hours":1,"kind":"Exports","most":2,"person":"{{_lead.Id}}"}""", entry.Details);
    }

    [Fact]
    public async Task Use_SeenByTwoNodesAtOnce_RaisesOneAlarm()
    {
        WatchUse other = ActivatorUtilities.CreateInstance<WatchUse>(_console.Services);
        await RecordAsync(AuditAct.AuditExported, 3);

        await Task.WhenAll(WatchAsync(), other.RunOnceAsync(Cancel));
        await Task.WhenAll(WatchAsync(), other.RunOnceAsync(Cancel));

        Assert.Single(await AlarmsAsync());
    }

    [Fact]
    public async Task Use_ThatGoesOn_IsToldOnceAWindowAndAcrossARestart()
    {
        await RecordAsync(AuditAct.DataExported, 2);
        await _console.RestartAsync();
        await RecordAsync(AuditAct.DataExported, 1);
        await WatchAsync();
        await RecordAsync(AuditAct.DataExported, 5);
        await WatchAsync();
        await _console.RestartAsync();
        await WatchAsync();
        Assert.Equal(3, Assert.Single(await AlarmsAsync()).Count);

        // Within an hour of the first nothing is said again; what is older than an hour counts no more.
        _console.Clock.Advance(TimeSpan.FromMinutes(61));
        await RecordAsync(AuditAct.DataExported, 2);
        await WatchAsync();
        Assert.Single(await AlarmsAsync());

        await RecordAsync(AuditAct.DataExported, 1);
        await WatchAsync();
        Assert.Equal([1, 2], (await AlarmsAsync()).Select(alarm => alarm.Ordinal));
    }

    [Fact]
    public async Task Reveals_OfADay_CountAtTheDeskAndApartFromThoseByReason()
    {
        (_, ReviewTask task) = await _console.CaseAsync(await _console.QueueAsync([_lead]));
        await RecordAsync(AuditAct.MediaViewed, 4, task.Number);
        await RecordAsync(AuditAct.TaskLeased, 50, task.Number);
        await RecordAsync(AuditAct.DecisionMade, 50, task.Number);
        _console.Clock.Advance(TimeSpan.FromHours(2));
        await RecordAsync(AuditAct.MediaViewed, 2, task.Number);
        await WatchAsync();
        Assert.Empty(await AlarmsAsync());

        await RecordAsync(AuditAct.MediaViewed, 1, task.Number);
        await WatchAsync();
        Assert.Equal((UseKind.Reveals, UseLimits.Longest, 7), Said(Assert.Single(await AlarmsAsync())));

        await RecordAsync(AuditAct.MediaViewed, 4);
        await WatchAsync();
        Assert.Equal(
            [(UseKind.Reveals, 1, 7), (UseKind.Reveals, 24, 7), (UseKind.RevealsByReason, 24, 4)],
            (await AlarmsAsync()).Select(Said).Order());
    }

    [Fact]
    public async Task LookUps_OfEachKind_CountAndTheSameLookDoesNot()
    {
        (Case about, _) = await _console.CaseAsync(await _console.QueueAsync([_lead]));
        ListCases list = _console.Use<ListCases>();
        await list.RunAsync(_auditor, new CaseFilter { Search = "knife" }, new CasePlace(), Cancel);
        for (int again = 0; again < 10; again++)
        {
            await list.RunAsync(_auditor, new CaseFilter { Search = "knife" }, new CasePlace { SameLook = true }, Cancel);
            await _console.Use<OpenCase>().RunAsync(_auditor, about.Number, Cancel);
        }

        await _console.Use<ReadActor>().RunAsync(_auditor, new PlatformActor("account", "nobody"), Cancel);
        await _console.Use<SearchAudit>().RunAsync(_auditor, new AuditFilter(), null, null, 10, Cancel);
        await WatchAsync();
        Assert.Empty(await AlarmsAsync());

        await list.RunAsync(_auditor, new CaseFilter(), new CasePlace(), Cancel);
        await WatchAsync();

        Assert.Equal((UseKind.LookUps, 1, 5), Said(Assert.Single(await AlarmsAsync())));
        List<AuditEntry> looks = await _console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.CasesSearched).OrderBy(row => row.Number).ToListAsync(Cancel));
        Assert.Equal(["""{"by":"words"}""", """{"by":""}"""], looks.Select(row => row.Details));
    }

    [Fact]
    public async Task Alarm_AboutOneself_IsClosedByAnotherAuditorOnly()
    {
        Caller second = await _console.PersonAsync(Roles.Auditor);
        await RecordAsync(AuditAct.AuditExported, 3, by: _auditor);
        await WatchAsync();
        Guid id = (await AlarmsAsync())[0].Id;

        Assert.Equal(CloseAlarmOutcome.OwnAlarm, await CloseAsync(_auditor, id, "Nothing to see"));
        Assert.Equal(CloseAlarmOutcome.NoteRequired, await CloseAsync(second, id, " \n"));
        Assert.Equal(CloseAlarmOutcome.NoteTooLong, await CloseAsync(second, id, new string('x', CloseAlarm.LongestNote + 1)));
        Assert.True(Assert.Single(await ListAsync(_auditor, closed: false)).Own);
        Assert.Equal(CloseAlarmOutcome.Closed, await CloseAsync(second, id, " A yearly report "));
        Assert.Equal(CloseAlarmOutcome.NotOpen, await CloseAsync(second, id, "Again"));

        Assert.Empty(await ListAsync(second, closed: false));
        AlarmRow closed = Assert.Single(await ListAsync(second, closed: true));
        Assert.Equal(("A yearly report", false), (closed.Note, closed.Own));
        Assert.Empty(await InboxAsync(second));
        AuditEntry entry = await _console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.AlarmClosed, Cancel));
        Assert.Equal((second.Id, id.ToString()), (entry.ActorId!.Value, entry.Subject));
        Assert.DoesNotContain("yearly", entry.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Abuse:LookUpsPerHour", "-1")]
    [InlineData("Abuse:RevealsPerDay", "1000001")]
    public async Task Limit_OutOfBounds_IsRefusedByItsName(string key, string value)
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { [key] = value });

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => console.Get<IOptions<UseLimits>>().Value);

        Assert.StartsWith($"{key} must be between", refused.Message, StringComparison.Ordinal);
    }

    private static (UseKind Kind, int Hours, int Count) Said(UseAlarm alarm) => (alarm.Kind, alarm.Hours, alarm.Count);

    private Task<int> RecordAsync(AuditAct act, int times, long? task = null, Caller? by = null) => _console.WriteAsync(scope =>
    {
        for (int time = 0; time < times; time++)
        {
            scope.Record(by ?? _lead, act, taskNumber: task);
        }

        return Task.FromResult(times);
    });

    private Task WatchAsync() => _console.Get<WatchUse>().RunOnceAsync(Cancel);

    private Task<List<UseAlarm>> AlarmsAsync() => _console.ReadAsync(db => db.Set<UseAlarm>().AsNoTracking().OrderBy(row => row.RaisedAt).ThenBy(row => row.Ordinal).ToListAsync(Cancel));

    private Task<IReadOnlyList<AlarmRow>> ListAsync(Caller by, bool closed) => _console.Use<ListAlarms>().RunAsync(by, closed, Cancel);

    private Task<CloseAlarmOutcome> CloseAsync(Caller by, Guid id, string note) => _console.Use<CloseAlarm>().RunAsync(by, id, note, Cancel);

    private Task<IReadOnlyList<InboxEntry>> InboxAsync(Caller by) => _console.Use<ListInbox>().RunAsync(by, Cancel);
}
