using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

/// <summary>Every waiting task has someone who may take it, or an alarm rises.</summary>
public sealed class StrandedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SkippedByAll_GoesToTheFallbackQueueWithItsExclusions()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller[] people = [await console.PersonAsync(), await console.PersonAsync()];
        Caller helper = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync(people);
        CaseQueue fallback = await console.QueueAsync([people[0], helper], shape: row => row.IsFallback = true);
        var (_, task) = await console.CaseAsync(queue);
        var (_, fine) = await console.CaseAsync(queue, priority: 10);
        await SkipAsync(console, people[0]);
        await WatchAsync(console);
        Assert.Equal(0, await AlarmsAsync(console));
        await SkipAsync(console, people[1]);

        await WatchAsync(console);

        Assert.Equal(fallback.Id, (await console.TaskAsync(task.Number)).QueueId);
        Assert.Equal(queue.Id, (await console.TaskAsync(fine.Number)).QueueId);
        Assert.Equal(1, await AlarmsAsync(console));
        Assert.Equal(ClaimOutcome.NothingSuitable, (await console.Use<ClaimNextCase>().RunAsync(people[0], fallback.Id, cancellationToken: Cancel)).Outcome);
        Assert.Equal(task.Number, (await console.ClaimAsync(helper)).TaskNumber);
    }

    [Fact]
    public async Task Alarm_NamesNoCauseAndNoPerson()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        var (about, task) = await console.CaseAsync(queue);
        await SkipAsync(console, person);

        await WatchAsync(console);

        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.TaskStranded, Cancel));
        Assert.Equal((CallerKind.System, null, about.Number, task.Number), (entry.ActorKind, entry.ActorId, entry.CaseNumber, entry.TaskNumber));
        Assert.Equal((queue.Id.ToString(), "{}"), (entry.Subject, entry.Details));
        OutboxEvent alarm = await console.ReadAsync(db => db.Set<OutboxEvent>().SingleAsync(row => row.Kind == LiveKind.Alarm, Cancel));
        Assert.Equal((queue.Id, null, "stranded"), (alarm.QueueId, alarm.PersonId, alarm.State));
    }

    [Fact]
    public async Task NobodyInTheFallbackEither_StaysAndTheAlarmStandsOnceUntilSomeoneMay()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync(languages: "en");
        CaseQueue queue = await console.QueueAsync([person]);
        await console.QueueAsync(shape: row => row.IsFallback = true);
        var (_, task) = await console.CaseAsync(queue, language: "fr");

        await WatchAsync(console);
        await WatchAsync(console);
        Assert.Equal(queue.Id, (await console.TaskAsync(task.Number)).QueueId);
        Assert.Equal((1, 1), (await AlarmsAsync(console), await StandingAsync(console)));

        await SpeakAsync(console, person, "en,fr");
        await WatchAsync(console);
        Assert.Equal((1, 0), (await AlarmsAsync(console), await StandingAsync(console)));

        await SpeakAsync(console, person, "en");
        await WatchAsync(console);
        Assert.Equal((2, 1), (await AlarmsAsync(console), await StandingAsync(console)));
    }

    [Fact]
    public async Task FallbackHasOnlyOneWhoSkippedIt_Stays()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.QueueAsync([person], shape: row => row.IsFallback = true);
        var (_, task) = await console.CaseAsync(queue);
        await SkipAsync(console, person);

        await WatchAsync(console);

        Assert.Equal(queue.Id, (await console.TaskAsync(task.Number)).QueueId);
        Assert.Equal((1, 1), (await AlarmsAsync(console), await StandingAsync(console)));
    }

    [Fact]
    public async Task StandingAlarm_SomeoneJoinsTheFallback_TaskGoesThere()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue queue = await console.QueueAsync();
        CaseQueue fallback = await console.QueueAsync(shape: row => row.IsFallback = true);
        var (_, task) = await console.CaseAsync(queue);
        await WatchAsync(console);
        Caller helper = await console.PersonAsync();
        await console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = fallback.Id, PersonId = helper.Id }).Entity));

        await WatchAsync(console);

        Assert.Equal(fallback.Id, (await console.TaskAsync(task.Number)).QueueId);
        Assert.Equal((1, 0), (await AlarmsAsync(console), await StandingAsync(console)));
    }

    [Fact]
    public async Task TaskIsWithdrawn_AlarmIsOver()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        var (_, task) = await console.CaseAsync(await console.QueueAsync());
        await WatchAsync(console);
        await console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == task.Number, Cancel)).Withdraw(scope.Now);
            await scope.StopWaitingAsync(task.Number, Cancel);
            return 0;
        });

        await WatchAsync(console);

        Assert.Equal(0, await StandingAsync(console));
    }

    [Theory]
    [InlineData(true, false, Sensitivity.Ordinary, QueueKind.Review)]
    [InlineData(false, true, Sensitivity.Ordinary, QueueKind.Review)]
    [InlineData(false, false, Sensitivity.ChildSafety, QueueKind.Review)]
    [InlineData(false, false, Sensitivity.Ordinary, QueueKind.Expert)]
    public async Task PersonWhoCannotTakeIt_DoesNotCount(bool disabled, bool administrator, Sensitivity sensitivity, QueueKind kind)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync(administrator ? Roles.Admin : Roles.Moderator);
        await console.CaseAsync(await console.QueueAsync([person], kind: kind), sensitivity: sensitivity);
        await console.WriteAsync(async scope => (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == person.Id, Cancel)).Disabled = disabled);

        await WatchAsync(console);

        Assert.Equal(1, await StandingAsync(console));
    }

    [Fact]
    public async Task Watch_InTheBackground_RaisesTheAlarmWithinAMinute()
    {
        TaskCompletionSource raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestConsole console = await TestConsole.StartAsync(background: true);
        using IDisposable watching = console.Get<CaseFeed>().Subscribe(change => change.Kind == LiveKind.Alarm, _ => raised.TrySetResult());
        await console.CaseAsync(await console.QueueAsync());

        console.Clock.Advance(TimeSpan.FromSeconds(59));

        await raised.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(1, await StandingAsync(console));
    }

    [Fact]
    public async Task ThousandTasksWithoutAnyone_AreEachRecordedOnceInFewAlarms()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue queue = await console.QueueAsync();
        var (about, _) = await console.CaseAsync(queue);
        await console.WriteAsync(async scope =>
        {
            for (int i = 0; i < 999; i++)
            {
                await scope.QueueTaskAsync(Caller.System, about, TaskKind.Qa, queue, 50, Instant.Never, Cancel);
            }

            return 0;
        });

        await WatchAsync(console);
        await WatchAsync(console);

        Assert.Equal(1_000, await StandingAsync(console));
        Assert.Equal(1_000, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.TaskStranded, Cancel)));
        Assert.True(await AlarmsAsync(console) <= 10);
    }

    private static Task WatchAsync(TestConsole console) => console.Get<WatchStranded>().RunOnceAsync(Cancel);

    private static Task<int> AlarmsAsync(TestConsole console) =>
        console.ReadAsync(db => db.Set<OutboxEvent>().CountAsync(row => row.Kind == LiveKind.Alarm, Cancel));

    private static Task<int> StandingAsync(TestConsole console) => console.ReadAsync(db => db.Set<StrandedTask>().CountAsync(Cancel));

    private static Task<string> SpeakAsync(TestConsole console, Caller person, string languages) => console.WriteAsync(async scope =>
        (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == person.Id, Cancel)).Languages = languages);

    private static async Task SkipAsync(TestConsole console, Caller person)
    {
        LeasedTask task = await console.ClaimAsync(person);
        await console.Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude: true, Cancel);
    }
}
