using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Takes back what a batch did to one case, inside that case's own transaction.</summary>
internal sealed class BulkReturn(WriteScope scope, Caller caller, EnforcementOptions options, IReadOnlyList<IDecisionObserver> observers)
{
    public async Task TakeBackAsync(BulkOrder order, BatchMember member, CancellationToken cancellationToken)
    {
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == member.CaseNumber, cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == member.TaskNumber, cancellationToken).ConfigureAwait(false);
        MemberState state = about.Sensitivity == Sensitivity.ChildSafety ? MemberState.Stands : order.Act switch
        {
            BulkAct.Decide => await DecisionAsync(member, about, task, cancellationToken).ConfigureAwait(false),
            BulkAct.Move => await MoveBackAsync(order, member, task, cancellationToken).ConfigureAwait(false),
            BulkAct.Close => await OpenAgainAsync(member, about, task, cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
        (member.State, member.At) = (state, scope.Now);
        member.Reason = state == MemberState.Stands ? LeftOutReason.WentOn : LeftOutReason.None;
    }

    private async Task<MemberState> DecisionAsync(BatchMember member, Case about, ReviewTask task, CancellationToken cancellationToken)
    {
        Decision decision = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == member.DecisionId, cancellationToken).ConfigureAwait(false);
        if (decision.State != DecisionState.Effective || about.DecisionId != decision.Id || about.State == CaseState.Open)
        {
            return MemberState.Stands;
        }

        List<EnforcementAction> ordered = await scope.Db.Set<EnforcementAction>().Where(row => row.DecisionId == decision.Id)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (about.State == CaseState.Decided && scope.Now <= decision.UndoUntil && decision.UndoUntil > decision.DecidedAt
            && ordered.TrueForAll(row => row.State == EnforcementState.Pending))
        {
            await UndoAsync(decision, about, task, ordered, cancellationToken).ConfigureAwait(false);
            return MemberState.TakenBack;
        }

        await ReverseAsync(decision, about, task, ordered, cancellationToken).ConfigureAwait(false);
        return MemberState.Reversed;
    }

    // Nothing has left: as if it had not been decided, the task waits again where it did.
    private async Task UndoAsync(Decision decision, Case about, ReviewTask task, List<EnforcementAction> ordered, CancellationToken cancellationToken)
    {
        foreach (EnforcementAction action in ordered)
        {
            action.Cancel(scope.Now);
            scope.Record(caller, AuditAct.ActionCancelled, action.CaseNumber, subject: action.Id.ToString());
            scope.Publish(LiveKind.DeliveryChanged, action.CaseNumber, state: action.State.ToString());
        }

        decision.Undo(scope.Now);
        about.UndoDecision();
        scope.Tell(about, CaseEventKind.Undone, caller.Id, decision.Id);
        scope.Record(caller, AuditAct.DecisionUndone, about.Number, task.Number, decision.Id.ToString());
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString());
        task.TakeBack();
        task.GoBack();
        TaskBoard.Wait(scope, task, about);
        foreach (IDecisionObserver observer in observers)
        {
            await observer.UndoneAsync(scope, decision, cancellationToken).ConfigureAwait(false);
        }
    }

    // Something may have left: a violation is answered by a decision that allows, with the actions that take back its actions;
    // anything else is judged anew.
    private async Task ReverseAsync(Decision decision, Case about, ReviewTask task, List<EnforcementAction> ordered, CancellationToken cancellationToken)
    {
        foreach (EnforcementAction waiting in ordered.Where(row => row.State == EnforcementState.Pending))
        {
            waiting.Cancel(scope.Now);
            scope.Record(caller, AuditAct.ActionCancelled, waiting.CaseNumber, subject: waiting.Id.ToString());
        }

        if (decision.Verdict != Verdict.Violation)
        {
            decision.Reverse();
            scope.Record(caller, AuditAct.DecisionReversed, about.Number, task.Number, decision.Id.ToString());
            await JudgeAnewAsync(about, task, cancellationToken).ConfigureAwait(false);
            return;
        }

        JudgedTask judged = await JudgedTask.ReadAsync(scope.Db, task, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<CheckedOrder> orders, _) = await ActionOrders.CheckAsync(
            scope.Db, await ReturningAsync(ordered, cancellationToken).ConfigureAwait(false), judged.ForActions, [], cancellationToken).ConfigureAwait(false);
        DecisionCheck check = new(Refusal: null) { Orders = orders };
        DecisionSnapshot snapshot = await DecisionSnapshot.TakeAsync(scope.Db, judged, null, seesChildSafety: false, cancellationToken).ConfigureAwait(false);
        ActiveLease onNoScreen = new() { TaskNumber = task.Number, CaseNumber = task.CaseNumber, PersonId = caller.Id, TakenAt = scope.Now };
        Decision reversal = DecisionRecord.Make(
            scope.Now, caller.Id, new DecideCommand(task.Number, 0, Verdict.Allow), judged, onNoScreen, check, snapshot, highestStep: null,
            options.UndoWindow(orders.Any(order => !order.Action.Reversible), emergency: false), decision.Id);
        scope.Db.Add(reversal);
        decision.Reverse();
        about.ReplaceDecision(reversal.Id, scope.Now);
        scope.Tell(about, CaseEventKind.Reversed, caller.Id, reversal.Id, DecisionRecord.Line(reversal));
        scope.Record(caller, AuditAct.DecisionReversed, about.Number, task.Number, decision.Id.ToString());
        BulkDeciding.RecordDecision(scope, caller, about, task, reversal);
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await OrderedActions.QueueAsync(scope, caller, judged, reversal, check, cancellationToken).ConfigureAwait(false);
        foreach (IDecisionObserver observer in observers)
        {
            await observer.DecidedAsync(scope, reversal, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<ActionOrder>> ReturningAsync(List<EnforcementAction> ordered, CancellationToken cancellationToken)
    {
        EnforcementAction[] left = [.. ordered.Where(row => row.State != EnforcementState.Cancelled)];
        string[] ids = [.. left.Select(row => row.ActionId)];
        Dictionary<string, string?> returns = await scope.Db.Set<ActionDefinition>().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.ReversalActionId, cancellationToken).ConfigureAwait(false);
        return [.. left.Where(row => returns.GetValueOrDefault(row.ActionId) is not null).Select(row => new ActionOrder(returns[row.ActionId]!, row.Target)).DistinctBy(order => (order.ActionId, order.Target))];
    }

    private async Task<MemberState> MoveBackAsync(BulkOrder order, BatchMember member, ReviewTask task, CancellationToken cancellationToken)
    {
        bool stillThere = task.State == TaskState.Waiting && task.QueueId == order.QueueId;
        return stillThere && await scope.MoveOpenTaskAsync(caller, task.Number, member.FromQueueId ?? Guid.Empty, seesChildSafety: false, cancellationToken).ConfigureAwait(false) == MoveOutcome.Moved
            ? MemberState.TakenBack
            : MemberState.Stands;
    }

    private async Task<MemberState> OpenAgainAsync(BatchMember member, Case about, ReviewTask task, CancellationToken cancellationToken)
    {
        // One change since it was proposed: the closing itself.
        if (about.State != CaseState.Closed || about.Version != member.CaseStamp + 1)
        {
            return MemberState.Stands;
        }

        await JudgeAnewAsync(about, task, cancellationToken).ConfigureAwait(false);
        return MemberState.TakenBack;
    }

    private async Task JudgeAnewAsync(Case about, ReviewTask task, CancellationToken cancellationToken)
    {
        about.Reopen();
        scope.Tell(about, CaseEventKind.Reopened, caller.Id);
        scope.Record(caller, AuditAct.CaseReopened, about.Number, details: new Dictionary<string, object?> { ["caseVersion"] = about.CaseVersion });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString());
        CaseQueue queue = await scope.Db.Set<CaseQueue>().SingleOrDefaultAsync(row => row.Id == task.QueueId && !row.Archived, cancellationToken).ConfigureAwait(false)
            ?? await scope.DefaultQueueAsync(cancellationToken).ConfigureAwait(false);
        await scope.QueueTaskAsync(caller, about, task.Kind, queue, task.Priority, task.DueAt, cancellationToken).ConfigureAwait(false);
    }
}
