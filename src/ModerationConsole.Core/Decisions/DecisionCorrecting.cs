using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// Puts right what a decision did that a second and a third person found wrong: what they found takes its place as a decision of its
/// own, linked to it and with its own deliveries. What both order stays as it is.
/// </summary>
public sealed class DecisionCorrecting(IEnumerable<IDecisionObserver> observers, OrderedActions ordering)
{
    /// <summary>Corrects it inside a write; null where it is not in force any more, so that nothing is left to put right.</summary>
    /// <param name="wrong">The decision that was found wrong.</param>
    /// <param name="right">What was found instead, a verdict without effect of its own.</param>
    internal async Task<Decision?> CorrectAsync(WriteScope scope, Decision wrong, Decision right, CancellationToken cancellationToken)
    {
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == wrong.TaskNumber, cancellationToken).ConfigureAwait(false);
        JudgedTask judged = await JudgedTask.ReadAsync(scope.Reads, task, cancellationToken).ConfigureAwait(false);
        Case about = judged.About;
        if (wrong.State != DecisionState.Effective || about.State == CaseState.Open || about.DecisionId != wrong.Id || about.Sensitivity == Sensitivity.ChildSafety)
        {
            return null;
        }

        return await ReplaceAsync(scope, wrong, right, task, judged, [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Carries out what an appeal came to. The person appealed against this decision, not against what became of the case since: where
    /// the case was opened again or decided anew, that stands, and what it orders too is not taken back.
    /// </summary>
    internal async Task<Decision?> OverruleAsync(WriteScope scope, Decision wrong, Decision right, CancellationToken cancellationToken)
    {
        if (wrong.State != DecisionState.Effective)
        {
            return null;
        }

        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == wrong.TaskNumber, cancellationToken).ConfigureAwait(false);
        JudgedTask judged = await JudgedTask.ReadAsync(scope.Reads, task, cancellationToken).ConfigureAwait(false);
        string? later = judged.About.DecisionId is { } current && current != wrong.Id
            ? await scope.Db.Set<Decision>().Where(row => row.Id == current && row.State == DecisionState.Effective).Select(row => row.Actions)
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            : null;
        return await ReplaceAsync(scope, wrong, right, task, judged, ActionScope.List(later ?? ""), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Decision?> ReplaceAsync(
        WriteScope scope, Decision wrong, Decision right, ReviewTask task, JudgedTask judged, IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        Case about = judged.About;
        Caller by = Caller.Person(right.DeciderId!.Value);
        List<EnforcementAction> done = await scope.Db.Set<EnforcementAction>()
            .Where(row => row.DecisionId == wrong.Id && row.Kind == DeliveryKind.Action).OrderBy(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> wanted = ActionScope.List(right.Actions);
        string[] stays = [.. done.Where(row => (wanted.Contains(row.ActionId!) || kept.Contains(row.ActionId!)) && row.State is not (EnforcementState.Failed or EnforcementState.Cancelled)).Select(row => row.ActionId!)];
        TakenBack back = await TakenBack.PlanAsync(scope, by, [.. done.Where(row => !stays.Contains(row.ActionId!))], cancellationToken).ConfigureAwait(false);
        List<CheckedOrder> orders = [.. back.Orders, .. await NewAsync(scope, judged, wanted.Except(stays), cancellationToken).ConfigureAwait(false)];
        DecisionCheck check = new(Refusal: null, await scope.Reads.PolicyOfAsync(right, cancellationToken).ConfigureAwait(false)) { Orders = orders };
        DecisionSnapshot snapshot = await DecisionSnapshot.TakeAsync(
            scope.Reads, judged, right.PolicyVersionId, seesChildSafety: false, cancellationToken).ConfigureAwait(false);
        Decision correction = DecisionRecord.InPlaceOf(
            scope.Now, wrong,
            new Replacement(by.Id, right.Verdict)
            {
                CannotReviewCode = right.CannotReviewCode,
                PolicyId = right.PolicyId,
                PolicyVersionId = right.PolicyVersionId,
                Actions = stays.Concat(orders.Select(order => order.Action.Id)).Distinct(),
                ReasonForUser = right.ReasonForUser,
                InternalNote = right.InternalNote,
            },
            snapshot);
        wrong.Reverse();
        scope.Db.Add(correction);
        DecisionReversing.Tell(scope, by, about, task, wrong, correction);
        scope.Record(by, AuditAct.DecisionCorrected, about.Number, task.Number, wrong.Id.ToString(), new Dictionary<string, object?> { ["by"] = correction.Id });
        await ordering.QueueAsync(scope, by, judged, correction, check, cancellationToken).ConfigureAwait(false);
        foreach (IDecisionObserver observer in observers)
        {
            await observer.DecidedAsync(scope, correction, cancellationToken).ConfigureAwait(false);
        }

        return correction;
    }

    // A verdict keeps the actions that it asks for, not what they are done to: each is done to what it is made for. One that fits
    // nothing here, or needs values that a verdict does not keep, is left out.
    private static async Task<List<CheckedOrder>> NewAsync(WriteScope scope, JudgedTask judged, IEnumerable<string> actions, CancellationToken cancellationToken)
    {
        List<CheckedOrder> good = [];
        foreach (string id in actions)
        {
            if (await scope.Reads.FindAsync(ActionReads.Actions, id, cancellationToken).ConfigureAwait(false) is not { } action)
            {
                continue;
            }

            (IReadOnlyList<CheckedOrder> orders, ActionProblem? problem) = await ActionOrders.CheckAsync(
                scope.Reads, [new ActionOrder(id, action.Target)], judged.ForActions, ActionScope.List(judged.Queue.HiddenActions), cancellationToken).ConfigureAwait(false);
            if (problem is null)
            {
                good.AddRange(orders);
            }
        }

        return good;
    }
}
