using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Quality;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

// A threat to life that is met on a sample is as real as anywhere.
public abstract partial class MeasuringOnEach
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Emergency_OnASample_IsRaisedForTheCaseItself(bool closed)
    {
        await using SampleRoom room = await OpenAsync();
        CaseQueue emergencies = await room.Console.QueueAsync(kind: QueueKind.Emergency);
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);
        if (closed)
        {
            await room.Console.WriteAsync(async scope =>
            {
                (await scope.Db.Set<Case>().SingleAsync(Cancel)).Close(scope.Now);
                return 0;
            });
        }

        EscalateResult[] results = await Task.WhenAll(EmergencyAsync(room, lease), EmergencyAsync(room, lease));

        Assert.Equal(EscalateOutcome.Escalated, results[0].Outcome);
        Assert.Equal(results[0], results[1]);
        Escalation raised = await room.Console.ReadAsync(db => db.Set<Escalation>().SingleAsync(Cancel));
        Assert.Equal((results[0].EscalationId, sample.TaskNumber, "A place and a time", EscalationUrgency.Emergency), (raised.Id, raised.FromTask, raised.Question, raised.Urgency));
        Case about = await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(Cancel));
        Assert.Equal((CaseState.Open, 2), (about.State, about.CaseVersion));
        WaitingTask waiting = await room.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal((raised.ExpertTask, emergencies.Id, TaskKind.Expert, room.Console.Clock.GetUtcNow().AddMinutes(15)), (waiting.TaskNumber, waiting.QueueId, waiting.Kind, waiting.DueAt));
        OutboxEvent alarm = await room.Console.ReadAsync(db => db.Set<OutboxEvent>().SingleAsync(row => row.Kind == LiveKind.Alarm, Cancel));
        Assert.Equal((about.Number, emergencies.Id), (alarm.CaseNumber, alarm.QueueId));
        Assert.Single(await AuditAsync(room, AuditAct.EmergencyRaised));
        Assert.Single(await AuditAsync(room, AuditAct.CaseReopened));
        await room.SettleAsync();
        Assert.Equal(SampleState.Adjudicating, (await room.SampleNowAsync(sample)).State);
    }

    [Fact]
    public async Task Emergency_OnASampleOfACaseThatHasOne_RingsAgainWithoutASecondTask()
    {
        await using SampleRoom room = await OpenAsync();
        CaseQueue emergencies = await room.Console.QueueAsync(kind: QueueKind.Emergency);
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);
        long open = await room.Console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(Cancel);
            about.Reopen();
            CaseQueue queue = await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == emergencies.Id, Cancel);
            return (await scope.QueueTaskAsync(Caller.System, about, TaskKind.Expert, queue, 1_000, scope.Now.AddMinutes(15), Cancel)).Number;
        });

        Assert.Equal(EscalateOutcome.Escalated, (await EmergencyAsync(room, lease)).Outcome);
        Assert.Equal(EscalateOutcome.Escalated, (await EmergencyAsync(room, lease)).Outcome);

        Assert.Equal(open, (await room.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel))).TaskNumber);
        Assert.Equal(2, (await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(Cancel))).CaseVersion);
        OutboxEvent alarm = await room.Console.ReadAsync(db => db.Set<OutboxEvent>().SingleAsync(row => row.Kind == LiveKind.Alarm, Cancel));
        Assert.Equal(open, alarm.TaskNumber);
        Assert.True(await room.Console.ReadAsync(db => db.Set<TaskExclusion>().AnyAsync(row => row.TaskNumber == open && row.PersonId == room.Reviewer.Id, Cancel)));
        Assert.Single(await AuditAsync(room, AuditAct.EmergencyRaised));
        Assert.Equal(TaskState.Done, await StateAsync(room, sample.TaskNumber));
    }

    [Fact]
    public async Task Emergency_OnASampleOfAnOpenCase_LeavesItsVersion()
    {
        await using SampleRoom room = await OpenAsync();
        await room.Console.QueueAsync(kind: QueueKind.Emergency);
        (_, ActiveLease lease) = await HeldAsync(room);
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(Cancel)).Reopen();
            return 0;
        });

        Assert.Equal(EscalateOutcome.Escalated, (await EmergencyAsync(room, lease)).Outcome);

        Assert.Equal(2, (await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(Cancel))).CaseVersion);
        Assert.Empty(await AuditAsync(room, AuditAct.CaseReopened));
        Assert.Single(await AuditAsync(room, AuditAct.EmergencyRaised));
    }
}
