using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Decisions;

/// <summary>How what a decision ordered is in force again after its correction.</summary>
/// <param name="Stand">Ids of its actions that are in force and need no order.</param>
/// <param name="Orders">What the platform is told to do now.</param>
/// <param name="Left">Names of actions that nothing takes back or that cannot be ordered again.</param>
internal sealed record PutBack(IReadOnlyList<string> Stand, IReadOnlyList<CheckedOrder> Orders, IReadOnlyList<string> Left)
{
    /// <summary>Cancels what of the correction has not left, and finds what is to be taken back and what to be ordered again.</summary>
    public static async Task<PutBack> PlanAsync(WriteScope scope, Caller caller, Guid first, Guid correction, CancellationToken cancellationToken)
    {
        List<EnforcementAction> ordered = await scope.Db.Set<EnforcementAction>()
            .Where(row => (row.DecisionId == first || row.DecisionId == correction) && row.Kind == DeliveryKind.Action).OrderBy(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, ActionDefinition> actions = await scope.Db.Set<ActionDefinition>().AsNoTracking()
            .ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> types = await scope.Db.Set<ItemType>().AsNoTracking()
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken).ConfigureAwait(false);
        List<EnforcementAction> since = [.. ordered.Where(row => row.DecisionId == correction)];
        List<string> stand = [];
        List<string> left = [];
        List<CheckedOrder> again = [];
        foreach (EnforcementAction was in ordered.Where(row => row.DecisionId == first))
        {
            if (Stands(scope, caller, was, actions[was.ActionId!].ReversalActionId, since))
            {
                stand.Add(was.ActionId!);
            }
            else if (RepeatedOrder.Of(was, actions[was.ActionId!], types.GetValueOrDefault(was.TargetTypeId, was.TargetTypeId)) is { } order)
            {
                again.Add(order);
            }
            else
            {
                left.Add(actions[was.ActionId!].Name);
            }
        }

        // What of the correction neither took back nor repeated the first is its own, and goes.
        TakenBack back = await TakenBack.PlanAsync(scope, caller, since, cancellationToken).ConfigureAwait(false);
        return new PutBack(stand, [.. again.Concat(back.Orders).DistinctBy(order => (order.Action.Id, order.Item))], [.. left, .. back.Stays]);
    }

    // Whether it is in force on the platform. What the correction did about it is dealt with then, and taken out of the list.
    private static bool Stands(WriteScope scope, Caller caller, EnforcementAction was, string? reversal, List<EnforcementAction> since)
    {
        if (since.Find(row => row.ActionId == was.ActionId && SameTarget(row, was) && row.State is not (EnforcementState.Failed or EnforcementState.Cancelled)) is { } same)
        {
            return since.Remove(same);
        }

        bool arrived = was.State is EnforcementState.Delivering or EnforcementState.Delivered;
        if (since.Find(row => row.ActionId == reversal && SameTarget(row, was)) is not { } takenBack)
        {
            return arrived || was.State == EnforcementState.Pending;
        }

        since.Remove(takenBack);
        // One that was tried may have arrived although no answer came back.
        bool left = takenBack.State is EnforcementState.Delivering or EnforcementState.Delivered || takenBack is { State: EnforcementState.Pending, Attempts: > 0 };
        if (takenBack.State == EnforcementState.Pending)
        {
            TakenBack.Cancel(scope, caller, takenBack);
        }

        return arrived && !left;
    }

    private static bool SameTarget(EnforcementAction one, EnforcementAction other) =>
        one.TargetTypeId == other.TargetTypeId && one.TargetItemId == other.TargetItemId;
}
