using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Decisions;

/// <summary>How the actions of a reversed decision are taken back.</summary>
/// <param name="Orders">What the platform is told to do now.</param>
/// <param name="Stays">Names of actions that nothing takes back.</param>
internal sealed record TakenBack(IReadOnlyList<CheckedOrder> Orders, IReadOnlyList<string> Stays)
{
    /// <summary>Cancels what has not left, and finds for what has left the action that undoes it.</summary>
    public static async Task<TakenBack> PlanAsync(WriteScope scope, Caller caller, List<EnforcementAction> done, CancellationToken cancellationToken)
    {
        Dictionary<string, ActionDefinition> actions = await scope.Db.Set<ActionDefinition>().AsNoTracking()
            .ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> types = await scope.Db.Set<ItemType>().AsNoTracking()
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken).ConfigureAwait(false);
        List<CheckedOrder> orders = [];
        List<string> stays = [];
        foreach (EnforcementAction action in done)
        {
            switch (action.State)
            {
                // One that was tried may have arrived although no answer came back.
                case EnforcementState.Pending when action.Attempts == 0:
                    Cancel(scope, caller, action);
                    break;
                case EnforcementState.Pending:
                    Cancel(scope, caller, action);
                    TakeBack(action);
                    break;
                case EnforcementState.Delivering or EnforcementState.Delivered:
                    TakeBack(action);
                    break;
                case EnforcementState.Failed or EnforcementState.Cancelled:
                    break;
                default:
                    throw new InvalidOperationException("The state of the action is unknown.");
            }
        }

        return new TakenBack(orders, stays);

        void TakeBack(EnforcementAction action)
        {
            ActionDefinition taken = actions[action.ActionId!];
            if (taken.ReversalActionId is { } id && actions.TryGetValue(id, out ActionDefinition? back) && !back.Archived)
            {
                orders.Add(new CheckedOrder(
                    back, action.Target, new TargetItem(action.TargetTypeId, action.TargetItemId), types.GetValueOrDefault(action.TargetTypeId, action.TargetTypeId),
                    Creator: null, Parameters: null));
            }
            else
            {
                stays.Add(taken.Name);
            }
        }
    }

    /// <summary>What has not left does not leave.</summary>
    internal static void Cancel(WriteScope scope, Caller caller, EnforcementAction action)
    {
        action.Cancel(scope.Now);
        scope.Record(caller, AuditAct.ActionCancelled, action.CaseNumber, subject: action.Id.ToString());
        scope.Publish(LiveKind.DeliveryChanged, action.CaseNumber, state: action.State.ToString());
    }
}
