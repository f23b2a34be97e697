using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class UndoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InsideTheWindow_CancelsWhatWasOrderedAndShowsTheTaskAgain()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        DecideResult decided = await desk.DecideAsync(desk.Command(Verdict.Violation, new ActionOrder(remove.Id)) with { ReasonForUser = "Because" });
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        UndoResult result = await desk.UndoAsync(decided.DecisionId);

        Assert.Equal(UndoOutcome.Undone, result.Outcome);
        Assert.Equal((desk.Task.Number, 2L, "Because"), (result.Task!.TaskNumber, result.Task.Fence, result.Task.ReasonForUser));
        Assert.Equal(EnforcementState.Cancelled, Assert.Single(await desk.OrderedAsync()).State);
        Assert.Equal(DecisionState.Undone, (await desk.DecisionAsync(decided.DecisionId)).State);
        Assert.Equal((CaseState.Open, null), ((await desk.CaseNowAsync()).State, (await desk.CaseNowAsync()).DecisionId));
        ActiveLease lease = await desk.Console.ReadAsync(db => db.Set<ActiveLease>().SingleAsync(Cancel));
        Assert.Equal((desk.Person.Id, LeaseSlot.Shown, 2L), (lease.PersonId, lease.Slot, lease.Fence));
        List<AuditAct> acts = await desk.Console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel));
        Assert.Contains(AuditAct.DecisionUndone, acts);
        Assert.Contains(AuditAct.ActionCancelled, acts);
    }

    [Fact]
    public async Task AfterTheWindow_IsTooLate()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20.001));

        Assert.Equal(UndoOutcome.TooLate, (await desk.UndoAsync(decided.DecisionId)).Outcome);
        Assert.Equal(CaseState.Decided, (await desk.CaseNowAsync()).State);
    }

    [Fact]
    public async Task OnceAnythingBeganToLeave_IsTooLate()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));
        await desk.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<EnforcementAction>().SingleAsync(Cancel)).Begin(scope.Now.AddSeconds(30));
            return 0;
        });

        Assert.Equal(UndoOutcome.TooLate, (await desk.UndoAsync(decided.DecisionId)).Outcome);
        Assert.Equal(DecisionState.Effective, (await desk.DecisionAsync(decided.DecisionId)).State);
    }

    [Fact]
    public async Task SomeoneElsesDecision_IsNotTheirsToUndo()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        Caller other = await desk.Console.PersonAsync();

        Assert.Equal(UndoOutcome.NotYours, (await desk.UndoAsync(decided.DecisionId, by: other)).Outcome);
        Assert.Equal(UndoOutcome.NotYours, (await desk.UndoAsync(Guid.CreateVersion7())).Outcome);
    }

    [Fact]
    public async Task EmergencyDecision_CannotBeTakenBack()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(kind: QueueKind.Emergency, role: Core.People.Roles.PolicyExpert);
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);

        Assert.Equal(UndoOutcome.TooLate, (await desk.UndoAsync(decided.DecisionId)).Outcome);
    }

    [Fact]
    public async Task ReopenedMeanwhile_TheDecisionStands()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        await desk.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(Cancel)).Reopen();
            return 0;
        });

        Assert.Equal(UndoOutcome.TooLate, (await desk.UndoAsync(decided.DecisionId)).Outcome);
    }

    [Fact]
    public async Task TwiceAtOnce_IsUndoneOnce()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);

        UndoResult[] results = await Task.WhenAll(desk.UndoAsync(decided.DecisionId), desk.UndoAsync(decided.DecisionId));

        Assert.Equal([UndoOutcome.AlreadyUndone, UndoOutcome.Undone], results.Select(result => result.Outcome).OrderByDescending(outcome => outcome).ToArray());
    }

    [Fact]
    public async Task ShownTaskBecomesTheSpare_AndTheFormerSpareGoesBack()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        (_, ReviewTask shown) = await desk.Console.CaseAsync(desk.Queue);
        (_, ReviewTask spare) = await desk.Console.CaseAsync(desk.Queue);
        await desk.Console.HoldAsync(desk.Person, shown);
        await desk.Console.HoldAsync(desk.Person, spare, slot: LeaseSlot.Spare);

        await desk.UndoAsync(decided.DecisionId);

        Dictionary<long, LeaseSlot> leases = await desk.Console.ReadAsync(db => db.Set<ActiveLease>().ToDictionaryAsync(row => row.TaskNumber, row => row.Slot, Cancel));
        Assert.Equal(2, leases.Count);
        Assert.Equal((LeaseSlot.Shown, LeaseSlot.Spare), (leases[desk.Task.Number], leases[shown.Number]));
        Assert.Equal(TaskState.Waiting, (await desk.TaskNowAsync(spare.Number)).State);
        Assert.Equal(spare.Number, (await desk.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel))).TaskNumber);
    }

    [Fact]
    public async Task DecidedAgainAfterUndo_OldSubmitComesLate_IsRefusedAndTheNewOneStands()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult first = await desk.DecideAsync(Verdict.Violation);
        UndoResult undone = await desk.UndoAsync(first.DecisionId);
        DecideResult second = await desk.DecideAsync(new DecideCommand(desk.Task.Number, undone.Task!.Fence, Verdict.Allow));

        DecideResult late = await desk.DecideAsync(Verdict.Violation);

        Assert.Equal((DecideOutcome.Decided, DecideOutcome.LeaseLost), (second.Outcome, late.Outcome));
        Assert.Equal(second.DecisionId, (await desk.CaseNowAsync()).DecisionId);
    }

    [Fact]
    public async Task RecentDecisions_TellWhatCanStillBeUndone()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult first = await desk.DecideAsync(Verdict.Allow);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(15));
        (_, ReviewTask next) = await desk.Console.CaseAsync(desk.Queue);
        ActiveLease lease = await desk.Console.HoldAsync(desk.Person, next);
        DecideResult second = await desk.DecideAsync(new DecideCommand(next.Number, lease.Fence, Verdict.Violation));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(10));

        IReadOnlyList<RecentDecision> recent = await desk.Console.Use<RecentDecisions>().RunAsync(desk.Person, Cancel);

        Assert.Equal([(second.DecisionId, second.UndoUntil), (first.DecisionId, null)], recent.Select(row => ((Guid?)row.DecisionId, row.UndoUntil)));
    }
}
