using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Decides a waiting task as part of a batch: the same record, checks, entries and deliveries as a verdict from a desk.</summary>
internal static class BulkDeciding
{
    /// <summary>The order as a verdict on one task.</summary>
    public static DecideCommand CommandOf(BulkOrder order, long taskNumber, IReadOnlyList<ActionOrder> actions) => new(taskNumber, 0, order.Verdict)
    {
        PolicyId = order.Verdict == Verdict.Violation && !string.IsNullOrWhiteSpace(order.PolicyId) ? order.PolicyId : null,
        PolicyVersion = order.PolicyVersion,
        Actions = actions,
        ReasonForUser = order.ReasonForUser,
        InternalNote = order.InternalNote,
        CannotReviewCode = order.Verdict == Verdict.CannotReview ? order.CannotReviewCode : null,
    };

    /// <summary>The same with its actions, each on what it is made for.</summary>
    public static async Task<DecideCommand> CommandAsync(ConsoleDbContext db, BulkOrder order, long taskNumber, CancellationToken cancellationToken)
    {
        Dictionary<string, ActionTarget> targets = order.Actions.Count == 0 ? [] : await db.Set<ActionDefinition>()
            .Where(row => order.Actions.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Target, cancellationToken).ConfigureAwait(false);
        return CommandOf(order, taskNumber, [.. order.Actions.Select(id => new ActionOrder(id, targets.GetValueOrDefault(id)))]);
    }

    /// <summary>Decides; null where it does not fit.</summary>
    public static async Task<Decision?> DecideWaitingAsync(
        this WriteScope scope, Caller caller, BulkOrder order, ReviewTask task, IReadOnlySet<Permission> held, EnforcementOptions options,
        IEnumerable<IDecisionObserver> observers, IDecisionSource sources, OrderedActions ordering, CancellationToken cancellationToken)
    {
        JudgedTask judged = await JudgedTask.ReadAsync(scope.Reads, task, cancellationToken).ConfigureAwait(false);
        judged.Demand(held);
        DecideCommand command = await CommandAsync(scope.Db, order, task.Number, cancellationToken).ConfigureAwait(false);
        DecisionCheck check = await DecisionCheck.RunAsync(scope.Reads, command, judged, scope.Now, cancellationToken).ConfigureAwait(false);
        if (check.Refusal is not null)
        {
            return null;
        }

        DecisionSnapshot snapshot = await DecisionSnapshot.TakeAsync(
            scope.Reads, judged, check.Policy?.VersionId, held.Contains(Permission.ChildSafety), cancellationToken).ConfigureAwait(false);
        TimeSpan window = options.UndoWindow(check.Orders.Any(one => !one.Action.Reversible), emergency: false);
        // It was on nobody's screen: no time was spent on it and nothing of its media was seen.
        ActiveLease onNoScreen = new() { TaskNumber = task.Number, CaseNumber = task.CaseNumber, PersonId = caller.Id, TakenAt = scope.Now };
        DecisionSourceType? source = await sources.LedToAsync(scope, task, judged, cancellationToken).ConfigureAwait(false);
        Decision decision = DecisionRecord.Make(scope.Now, caller.Id, command, judged, onNoScreen, check, snapshot, highestStep: null, window, source: source);
        scope.Db.Add(decision);
        task.Finish(scope.Now);
        await scope.StopWaitingAsync(task.Number, cancellationToken).ConfigureAwait(false);
        scope.Record(caller, AuditAct.DecisionMade, task.CaseNumber, task.Number, decision.Id.ToString(), DecisionRecord.Details(decision));
        scope.Publish(LiveKind.DecisionRecorded, task.CaseNumber, task.Number, task.QueueId, state: decision.Verdict.ToString());
        scope.Publish(LiveKind.CaseChanged, task.CaseNumber, state: nameof(CaseState.Decided));
        await scope.WithdrawOpenTasksAsync(caller, judged.About, task.Number, cancellationToken).ConfigureAwait(false);
        judged.About.Decide(decision.Id, scope.Now);
        scope.Tell(judged.About, CaseEventKind.Decided, caller.Id, decision.Id, DecisionRecord.Line(decision));
        scope.Record(caller, AuditAct.CaseDecided, task.CaseNumber, subject: decision.Id.ToString());
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await ordering.QueueAsync(scope, caller, judged, decision, check, cancellationToken).ConfigureAwait(false);
        foreach (IDecisionObserver observer in observers)
        {
            await observer.DecidedAsync(scope, decision, cancellationToken).ConfigureAwait(false);
        }

        return decision;
    }
}
