using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>A decision that has its place again.</summary>
/// <param name="Decision">The new decision: what the first one found, in the place of its correction.</param>
/// <param name="Left">Names of actions that nothing takes back or that cannot be ordered again: someone has to see to them.</param>
internal sealed record RestoredDecision(Decision Decision, IReadOnlyList<string> Left);

/// <summary>
/// Gives a decision its place again that was corrected and found right after all: what it found takes the place of the correction
/// as a decision of its own, linked to it and with its own deliveries. What the correction ordered is taken back; what it took back
/// is ordered again, as it was ordered the first time.
/// </summary>
public sealed class DecisionRestoring(IEnumerable<IDecisionObserver> observers, OrderedActions ordering)
{
    /// <summary>Restores it inside a write; null where the correction is not in force any more: the case moved on, and nothing is touched.</summary>
    /// <param name="by">Who found that it was right.</param>
    internal async Task<RestoredDecision?> RestoreAsync(WriteScope scope, Caller by, Guid correctionId, CancellationToken cancellationToken)
    {
        Decision correction = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == correctionId, cancellationToken).ConfigureAwait(false);
        Decision right = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == correction.ReversesId, cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == correction.TaskNumber, cancellationToken).ConfigureAwait(false);
        JudgedTask judged = await JudgedTask.ReadAsync(scope.Reads, task, cancellationToken).ConfigureAwait(false);
        Case about = judged.About;
        if (correction.State != DecisionState.Effective || about.State == CaseState.Open || about.DecisionId != correction.Id
            || about.Sensitivity == Sensitivity.ChildSafety)
        {
            return null;
        }

        PutBack back = await PutBack.PlanAsync(scope, by, right.Id, correction.Id, cancellationToken).ConfigureAwait(false);
        UsedPolicy? policy = await scope.Reads.PolicyOfAsync(right, cancellationToken).ConfigureAwait(false);
        DecisionSnapshot snapshot = await DecisionSnapshot.TakeAsync(
            scope.Reads, judged, right.PolicyVersionId, seesChildSafety: false, cancellationToken).ConfigureAwait(false);
        Decision restored = DecisionRecord.InPlaceOf(
            scope.Now, correction,
            new Replacement(by.Id, right.Verdict)
            {
                CannotReviewCode = right.CannotReviewCode,
                PolicyId = right.PolicyId,
                PolicyVersionId = right.PolicyVersionId,
                Actions = back.Stand.Concat(back.Orders.Select(order => order.Action.Id)).Distinct(),
                ReasonForUser = right.ReasonForUser,
                InternalNote = right.InternalNote,
            },
            snapshot);
        correction.Reverse();
        scope.Db.Add(restored);
        DecisionReversing.Tell(scope, by, about, task, correction, restored);
        scope.Record(by, AuditAct.DecisionRestored, about.Number, task.Number, right.Id.ToString(), new Dictionary<string, object?> { ["by"] = restored.Id });
        await ordering.QueueAsync(
            scope, by, judged, restored, new DecisionCheck(Refusal: null, policy) { Orders = back.Orders }, cancellationToken).ConfigureAwait(false);
        foreach (IDecisionObserver observer in observers)
        {
            await observer.DecidedAsync(scope, restored, cancellationToken).ConfigureAwait(false);
        }

        return new RestoredDecision(restored, back.Left);
    }
}
