using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Takes a decision back inside a write, while its window is open and nothing of it has begun to leave.</summary>
public sealed class DecisionUndoing(IEnumerable<IDecisionObserver> observers)
{
    /// <summary>
    /// Takes it back and cancels what it ordered; what strikes ordered with it follows from their sum. Returns its task, still
    /// done; null when it stands.
    /// </summary>
    internal static async Task<ReviewTask?> TakeBackAsync(WriteScope scope, Caller caller, Decision decision, CancellationToken cancellationToken)
    {
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber, cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == decision.TaskNumber, cancellationToken).ConfigureAwait(false);
        List<EnforcementAction> ordered = await scope.Db.Set<EnforcementAction>()
            .Where(row => row.DecisionId == decision.Id && row.Kind == DeliveryKind.Action).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (!CanUndo(decision, about, task, scope.Now) || ordered.Exists(row => row.State != EnforcementState.Pending))
        {
            return null;
        }

        Cancel(scope, caller, ordered);
        decision.Undo(scope.Now);
        if (task.ChangesCase)
        {
            about.UndoDecision();
            scope.Tell(about, CaseEventKind.Undone, caller.Id, decision.Id);
            scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        }

        scope.Record(caller, AuditAct.DecisionUndone, about.Number, task.Number, decision.Id.ToString());
        return task;
    }

    /// <summary>Tells the rooms above that it was taken back.</summary>
    internal async Task TellAsync(WriteScope scope, ReviewTask task, Decision decision, CancellationToken cancellationToken)
    {
        foreach (IDecisionObserver observer in observers.Where(observer => observer.Concerns(task)))
        {
            await observer.UndoneAsync(scope, decision, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the rooms above that it was put out of force after its window, and its case is judged anew.</summary>
    internal async Task TellReversedAsync(WriteScope scope, ReviewTask task, Decision decision, CancellationToken cancellationToken)
    {
        foreach (IDecisionObserver observer in observers.Where(observer => observer.Concerns(task)))
        {
            await observer.ReversedAsync(scope, decision, cancellationToken).ConfigureAwait(false);
        }
    }

    // A decision of a case that was opened again since, or of an emergency, stands.
    private static bool CanUndo(Decision decision, Case about, ReviewTask task, DateTimeOffset now) =>
        decision.State == DecisionState.Effective
        && decision.UndoUntil > decision.DecidedAt
        && now <= decision.UndoUntil
        && task.State == TaskState.Done
        && (!task.ChangesCase || (about.State == CaseState.Decided && about.DecisionId == decision.Id));

    private static void Cancel(WriteScope scope, Caller caller, List<EnforcementAction> ordered)
    {
        foreach (EnforcementAction action in ordered)
        {
            action.Cancel(scope.Now);
            scope.Record(caller, AuditAct.ActionCancelled, action.CaseNumber, subject: action.Id.ToString());
            scope.Publish(LiveKind.DeliveryChanged, action.CaseNumber, state: action.State.ToString());
        }
    }
}
