using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

public sealed class EscalationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_ToAnExpert_EndsTheTaskAndQueuesOneTheAskerIsNotOffered()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        CaseQueue experts = await desk.Console.QueueAsync(kind: QueueKind.Expert, shape: queue => queue.DeadlineMinutes = 60);

        EscalateResult result = await EscalateAsync(desk, "  Is this satire? ");

        Assert.Equal(EscalateOutcome.Escalated, result.Outcome);
        Assert.Equal(TaskState.Done, (await desk.TaskNowAsync()).State);
        Assert.Equal(CaseState.Open, (await desk.CaseNowAsync()).State);
        Assert.Equal((0, 0), (await desk.CountAsync<ActiveLease>(), await desk.CountAsync<Decision>()));
        Escalation escalation = await desk.Console.ReadAsync(db => db.Set<Escalation>().SingleAsync(Cancel));
        Assert.Equal(
            (result.EscalationId, desk.Task.Number, desk.Person.Id, "Is this satire?", EscalationUrgency.Normal),
            (escalation.Id, escalation.FromTask, escalation.AskedBy, escalation.Question, escalation.Urgency));
        ReviewTask next = await desk.TaskNowAsync(escalation.ExpertTask);
        Assert.Equal(
            (TaskKind.Expert, TaskState.Waiting, experts.Id, desk.Console.Clock.GetUtcNow().AddHours(1)), (next.Kind, next.State, next.QueueId, next.DueAt));
        TaskExclusion without = await desk.Console.ReadAsync(db => db.Set<TaskExclusion>().SingleAsync(Cancel));
        Assert.Equal((next.Number, desk.Person.Id), (without.TaskNumber, without.PersonId));
        Assert.Contains(CaseEventKind.Escalated, await desk.Console.ReadAsync(db => db.Set<CaseEvent>().Select(row => row.Kind).ToListAsync(Cancel)));
        Assert.Contains(AuditAct.CaseEscalated, await desk.Console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task AskerWhoIsAnExpertToo_IsNotOfferedTheirOwnQuestion()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(role: Roles.PolicyExpert);
        Caller other = await desk.Console.PersonAsync(Roles.PolicyExpert);
        await desk.Console.QueueAsync([desk.Person, other], kind: QueueKind.Expert);

        await EscalateAsync(desk, "Who knows?");

        Assert.Equal(ClaimOutcome.NothingSuitable, (await desk.Console.Use<ClaimNextCase>().RunAsync(desk.Person, null, cancellationToken: Cancel)).Outcome);
        ClaimResult claimed = await desk.Console.Use<ClaimNextCase>().RunAsync(other, null, cancellationToken: Cancel);
        Assert.Equal(ClaimOutcome.Claimed, claimed.Outcome);
        AskedQuestion? question = await desk.Console.Use<ReadQuestion>().RunAsync(other, claimed.Task!.TaskNumber, Cancel);
        Assert.Equal("Who knows?", question?.Question);
        Assert.Null(await desk.Console.Use<ReadQuestion>().RunAsync(desk.Person, claimed.Task.TaskNumber, Cancel));
    }

    [Fact]
    public async Task Expert_DecidesTheEscalatedCase()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller expert = await desk.Console.PersonAsync(Roles.PolicyExpert);
        await desk.Console.QueueAsync([expert], kind: QueueKind.Expert);
        await EscalateAsync(desk, "Who knows?");
        LeasedTask task = (await desk.Console.Use<ClaimNextCase>().RunAsync(expert, null, cancellationToken: Cancel)).Task!;

        DecideCommand allow = new(task.TaskNumber, task.Fence, Verdict.Allow);
        Assert.Equal(DecideOutcome.RationaleRequired, (await desk.DecideAsync(allow with { InternalNote = " \u200b " }, by: expert)).Outcome);
        DecideResult decided = await desk.DecideAsync(allow with { InternalNote = "Satire by its form" }, by: expert);

        Assert.Equal((DecideOutcome.Decided, CaseState.Decided), (decided.Outcome, (await desk.CaseNowAsync()).State));
    }

    [Fact]
    public async Task DeadlineThatRunsAlready_IsNotStoppedByAQuestion()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await desk.Console.QueueAsync(kind: QueueKind.Expert, shape: queue => queue.DeadlineMinutes = 600);
        DateTimeOffset due = desk.Console.Clock.GetUtcNow().AddMinutes(30);
        await desk.Console.WriteAsync(async scope => (await scope.Db.Set<ReviewTask>().SingleAsync(Cancel)).DueAt = due);

        await EscalateAsync(desk, "Who knows?");

        Assert.Equal(due, (await desk.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel))).DueAt);
    }

    [Fact]
    public async Task SameQuestionTwice_IsAskedOnce()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await desk.Console.QueueAsync(kind: QueueKind.Expert);

        EscalateResult[] results = await Task.WhenAll(EscalateAsync(desk, "Who knows?"), EscalateAsync(desk, "Who knows?"));

        Assert.Equal(results[0], results[1]);
        Assert.Equal(1, await desk.CountAsync<Escalation>());
    }

    [Fact]
    public async Task Refusals_AreSaidAndChangeNothing()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        Assert.Equal(EscalateOutcome.QuestionRequired, (await EscalateAsync(desk, " \u200b ")).Outcome);
        Assert.Equal(EscalateOutcome.TextTooLong, (await EscalateAsync(desk, new string('a', 5_001))).Outcome);
        Assert.Equal(EscalateOutcome.NoQueue, (await EscalateAsync(desk, "Who knows?")).Outcome);
        Assert.Equal(EscalateOutcome.NoQueue, (await EmergencyAsync(desk, null)).Outcome);
        Assert.Equal(
            EscalateOutcome.LeaseLost,
            (await desk.Console.Use<EscalateCase>().RunAsync(desk.Person, desk.Task.Number, desk.Lease.Fence - 1, "Who knows?", Cancel)).Outcome);
        Assert.Equal((TaskState.Leased, 0), ((await desk.TaskNowAsync()).State, await desk.CountAsync<Escalation>()));
    }

    [Fact]
    public async Task Emergency_GoesBeforeEverythingDueInFifteenMinutesWithAnAlarm()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        CaseQueue emergencies = await desk.Console.QueueAsync(kind: QueueKind.Emergency);

        EscalateResult result = await EmergencyAsync(desk, null);

        Assert.Equal(EscalateOutcome.Escalated, result.Outcome);
        WaitingTask waiting = await desk.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal((emergencies.Id, desk.Console.Clock.GetUtcNow().AddMinutes(15)), (waiting.QueueId, waiting.DueAt));
        Assert.True(waiting.Priority > 100);
        OutboxEvent alarm = await desk.Console.ReadAsync(db => db.Set<OutboxEvent>().SingleAsync(row => row.Kind == LiveKind.Alarm, Cancel));
        Assert.Equal((desk.Case.Number, emergencies.Id, "Emergency", null), (alarm.CaseNumber, alarm.QueueId, alarm.State, alarm.PersonId));
        Assert.Contains(AuditAct.EmergencyRaised, await desk.Console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Emergency_Decided_IsSentWithoutDelay()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller onCall = await desk.Console.PersonAsync(Roles.PolicyExpert);
        await desk.Console.QueueAsync([onCall], kind: QueueKind.Emergency);
        Core.Enforcement.ActionDefinition remove = await desk.Console.ActionAsync(reversible: false);
        await EmergencyAsync(desk, "A threat with a place and a time");
        LeasedTask task = (await desk.Console.Use<ClaimNextCase>().RunAsync(onCall, null, cancellationToken: Cancel)).Task!;

        DecideResult decided = await desk.DecideAsync(
            new DecideCommand(task.TaskNumber, task.Fence, Verdict.Violation) { Actions = [new(remove.Id)] }, by: onCall);

        Assert.Null(decided.UndoUntil);
        Assert.Equal(desk.Console.Clock.Now(), Assert.Single(await desk.OrderedAsync()).NotBefore);
    }

    private static Task<EscalateResult> EscalateAsync(DecisionDesk desk, string question) =>
        desk.Console.Use<EscalateCase>().RunAsync(desk.Person, desk.Task.Number, desk.Lease.Fence, question, Cancel);

    private static Task<EscalateResult> EmergencyAsync(DecisionDesk desk, string? what) =>
        desk.Console.Use<RaiseEmergency>().RunAsync(desk.Person, desk.Task.Number, desk.Lease.Fence, what, Cancel);
}
