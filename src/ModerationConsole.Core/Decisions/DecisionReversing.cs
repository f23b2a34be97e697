using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// Puts a decision of its own in the place of a violation inside a write: linked to it, with its own deliveries. What waits to be
/// sent is cancelled; what was sent is taken back by the action that each action names for it. The caller has made sure that the
/// violation is theirs and in force.
/// </summary>
public sealed class DecisionReversing(IEnumerable<IDecisionObserver> observers, OrderedActions ordering)
{
    /// <summary>Reverses it.</summary>
    /// <param name="done">What the old decision ordered.</param>
    /// <param name="note">Why, for the team.</param>
    internal async Task<ReverseResult> ReverseAsync(
        WriteScope scope, Caller caller, Decision old, ReviewTask task, JudgedTask judged, List<EnforcementAction> done, string? note, bool seesChildSafety,
        CancellationToken cancellationToken)
    {
        TakenBack back = await TakenBack.PlanAsync(scope, caller, done, cancellationToken).ConfigureAwait(false);
        DecisionSnapshot snapshot = await DecisionSnapshot.TakeAsync(
            scope.Reads, judged, policyVersionId: null, seesChildSafety, cancellationToken).ConfigureAwait(false);
        Decision reversal = DecisionRecord.Reversal(scope.Now, old, note, back.Orders, snapshot);
        old.Reverse();
        scope.Db.Add(reversal);
        Tell(scope, caller, judged.About, task, old, reversal);
        IReadOnlyList<OrderedAction> ordered = await ordering.QueueAsync(
            scope, caller, judged, reversal, new DecisionCheck(Refusal: null) { Orders = back.Orders }, cancellationToken).ConfigureAwait(false);
        foreach (IDecisionObserver observer in observers)
        {
            await observer.DecidedAsync(scope, reversal, cancellationToken).ConfigureAwait(false);
        }

        return new ReverseResult(ReverseOutcome.Reversed, reversal.Id) { Ordered = ordered, Stays = back.Stays };
    }

    /// <summary>Puts the reversal in the place of the decision in force, with all that tells of it.</summary>
    internal static void Tell(WriteScope scope, Caller caller, Case about, ReviewTask task, Decision old, Decision reversal)
    {
        bool childSafety = about.Sensitivity == Sensitivity.ChildSafety;
        // A case that was opened again since, or decided anew, keeps what it came to.
        if (about.State != CaseState.Open && about.DecisionId == old.Id)
        {
            about.ReplaceDecision(reversal.Id, scope.Now);
        }

        scope.Record(caller, AuditAct.DecisionMade, about.Number, task.Number, reversal.Id.ToString(), DecisionRecord.Details(reversal));
        scope.Record(caller, AuditAct.DecisionReversed, about.Number, task.Number, old.Id.ToString(), new Dictionary<string, object?> { ["by"] = reversal.Id });
        scope.Tell(about, CaseEventKind.Reversed, caller.Id, reversal.Id, DecisionRecord.Line(reversal));
        scope.Publish(LiveKind.DecisionRecorded, about.Number, task.Number, task.QueueId, state: reversal.Verdict.ToString(), childSafety: childSafety);
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: childSafety);
    }
}
