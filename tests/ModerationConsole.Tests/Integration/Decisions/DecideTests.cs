using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class DecideTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Violation_OfTheShownTask_StoresDecisionTaskCaseAndOrderTogether()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(queue => (queue.PolicyRequired, queue.ReasonRequired) = (true, true));
        Policy policy = await desk.Console.PolicyAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(31));

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.Violation, new ActionOrder(remove.Id)) with
        {
            PolicyId = policy.Id,
            ReasonForUser = "Threatens a person",
            InternalNote = "Second time this week",
        });

        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        Assert.Equal(desk.Console.Clock.GetUtcNow().AddSeconds(20), result.UndoUntil);
        Decision decision = await desk.DecisionAsync(result.DecisionId);
        Assert.Equal(
            (Verdict.Violation, policy.Id, remove.Id, "Threatens a person", "Second time this week", 31d),
            (decision.Verdict, decision.PolicyId, decision.Actions, decision.ReasonForUser, decision.InternalNote, decision.HandlingSeconds));
        Assert.Equal(TaskState.Done, (await desk.TaskNowAsync()).State);
        Case about = await desk.CaseNowAsync();
        Assert.Equal((CaseState.Decided, decision.Id), (about.State, about.DecisionId));
        EnforcementAction ordered = Assert.Single(await desk.OrderedAsync());
        Assert.Equal(
            (EnforcementState.Pending, result.UndoUntil, (Guid?)decision.Id, "post"),
            (ordered.State, (DateTimeOffset?)ordered.NotBefore, ordered.DecisionId, ordered.TargetTypeId));
        Assert.Equal(ordered.Id, Assert.Single(result.Ordered).Id);
        Assert.Equal(0, await desk.CountAsync<ActiveLease>());
    }

    [Fact]
    public async Task Decision_Stored_IsAuditedByHashAndToldWithoutContent()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.Allow) with { InternalNote = "Quite private" });

        Decision decision = await desk.DecisionAsync(result.DecisionId);
        Assert.Equal(decision.Hash, DecisionHash.Of(decision));
        List<AuditEntry> audit = await desk.Console.ReadAsync(db => db.Set<AuditEntry>().ToListAsync(Cancel));
        AuditEntry made = Assert.Single(audit, entry => entry.Act == AuditAct.DecisionMade);
        Assert.Equal((desk.Person.Id, decision.Id.ToString()), (made.ActorId, made.Subject));
        Assert.Contains(Convert.ToHexStringLower(decision.Hash), made.Details, StringComparison.Ordinal);
        Assert.Single(audit, entry => entry.Act == AuditAct.CaseDecided);
        Assert.DoesNotContain(audit, entry => entry.Details.Contains("private", StringComparison.Ordinal));
        List<LiveKind> told = await desk.Console.ReadAsync(db => db.Set<OutboxEvent>().Select(row => row.Kind).ToListAsync(Cancel));
        Assert.Contains(LiveKind.DecisionRecorded, told);
        Assert.Contains(LiveKind.CaseChanged, told);
        Assert.Contains(LiveKind.LeaseEnded, told);
    }

    [Fact]
    public async Task SameCommandTwice_IsDecidedOnceAndAnsweredTheSame()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();

        DecideResult first = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));
        DecideResult second = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));

        Assert.Equal((DecideOutcome.AlreadyDecided, first.DecisionId, first.UndoUntil), (second.Outcome, second.DecisionId, second.UndoUntil));
        Assert.Equal(first.Ordered, second.Ordered);
        Assert.Equal((1, 1), (await desk.CountAsync<Decision>(), await desk.CountAsync<EnforcementAction>()));
    }

    [Fact]
    public async Task SixteenAtOnce_OnOneTask_DecideItOnce()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();

        DecideResult[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id)), Cancel)));

        Assert.Single(results, result => result.Outcome == DecideOutcome.Decided);
        Assert.Equal(15, results.Count(result => result.Outcome == DecideOutcome.AlreadyDecided));
        Assert.Single(results.Select(result => result.DecisionId).Distinct());
        Assert.Equal((1, 1), (await desk.CountAsync<Decision>(), await desk.CountAsync<EnforcementAction>()));
    }

    [Fact]
    public async Task StaleFence_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.Allow) with { Fence = desk.Lease.Fence - 1 });

        Assert.Equal(DecideOutcome.LeaseLost, result.Outcome);
        Assert.Equal(0, await desk.CountAsync<Decision>());
    }

    [Fact]
    public async Task SomeoneElsesTask_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller other = await desk.Console.PersonAsync();

        DecideResult result = await desk.DecideAsync(desk.Command(Verdict.Allow), by: other);

        Assert.Equal(DecideOutcome.LeaseLost, result.Outcome);
    }

    [Fact]
    public async Task AfterTheLeaseExpired_IsRefusedAndTheDraftIsKept()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await desk.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new Draft { TaskNumber = desk.Task.Number, PersonId = desk.Person.Id, Content = """{"note":"half"}""", SavedAt = scope.Now });
            return Task.FromResult(0);
        });
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(121));

        DecideResult result = await desk.DecideAsync(Verdict.Allow);

        Assert.Equal(DecideOutcome.LeaseLost, result.Outcome);
        Assert.Equal((0, 1), (await desk.CountAsync<Decision>(), await desk.CountAsync<Draft>()));
    }

    [Fact]
    public async Task SpareTask_NotOnTheScreen_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        (_, ReviewTask ahead) = await desk.Console.CaseAsync(desk.Queue);
        ActiveLease spare = await desk.Console.HoldAsync(desk.Person, ahead, slot: LeaseSlot.Spare);

        DecideResult result = await desk.DecideAsync(new DecideCommand(ahead.Number, spare.Fence, Verdict.Allow));

        Assert.Equal(DecideOutcome.LeaseLost, result.Outcome);
    }

    [Fact]
    public async Task SecondCommit_OnACaseVersionThatIsDecided_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await desk.Console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == desk.Case.Number, Cancel);
            about.Decide(Guid.CreateVersion7(), scope.Now);
            return 0;
        });

        DecideResult result = await desk.DecideAsync(Verdict.Allow);

        Assert.Equal(DecideOutcome.CaseClosed, result.Outcome);
        Assert.Equal(0, await desk.CountAsync<Decision>());
    }

    [Fact]
    public async Task CaseOpenedAgainMeanwhile_OldTask_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await desk.Console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == desk.Case.Number, Cancel);
            about.Close(scope.Now);
            about.Reopen();
            return 0;
        });

        Assert.Equal(DecideOutcome.CaseClosed, (await desk.DecideAsync(Verdict.Allow)).Outcome);
    }

    [Fact]
    public async Task AnotherOpenTaskOfTheSameVersion_IsSupersededByTheDecision()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ReviewTask other = await desk.Console.WriteAsync(async scope => await scope.QueueTaskAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == desk.Case.Number, Cancel), TaskKind.Second, desk.Queue, 50,
            Core.Data.Instant.Never, Cancel));

        await desk.DecideAsync(Verdict.Allow);

        Assert.Equal(TaskState.Withdrawn, (await desk.TaskNowAsync(other.Number)).State);
        Assert.Equal(0, await desk.CountAsync<WaitingTask>());
    }

    [Fact]
    public async Task WithoutTheRightToReview_IsDenied()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller auditor = await desk.Console.PersonAsync(Core.People.Roles.Auditor);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => desk.DecideAsync(desk.Command(Verdict.Allow), by: auditor));
    }

    [Fact]
    public async Task ChildSafetyCase_WithoutItsPermission_IsDeniedEvenToTheLeaseHolder()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(sensitivity: Sensitivity.ChildSafety);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => desk.DecideAsync(Verdict.Allow));
        Assert.Equal(0, await desk.CountAsync<Decision>());
    }

    [Fact]
    public async Task ExpertQueue_WithoutItsPermission_IsDenied()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(kind: QueueKind.Expert, task: TaskKind.Expert);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => desk.DecideAsync(Verdict.Allow));
    }

    [Theory]
    [InlineData(TaskKind.Qa)]
    [InlineData(TaskKind.Golden)]
    [InlineData(TaskKind.Calibration)]
    public async Task QualityVerdict_OrdersNothingAndLeavesTheCaseAlone(TaskKind kind)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(task: kind);
        ActionDefinition remove = await desk.Console.ActionAsync();

        DecideResult result = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));

        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        Assert.Empty(result.Ordered);
        Assert.Equal(remove.Id, (await desk.DecisionAsync(result.DecisionId)).Actions);
        Assert.Equal(CaseState.Open, (await desk.CaseNowAsync()).State);
        Assert.Equal(0, await desk.CountAsync<EnforcementAction>());
        Assert.DoesNotContain(LiveKind.DecisionRecorded, await desk.Console.ReadAsync(db => db.Set<OutboxEvent>().Select(row => row.Kind).ToListAsync(Cancel)));
        Assert.DoesNotContain(CaseEventKind.Decided, await desk.Console.ReadAsync(db => db.Set<CaseEvent>().Select(row => row.Kind).ToListAsync(Cancel)));
    }
}
