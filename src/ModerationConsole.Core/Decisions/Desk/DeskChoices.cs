using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>What a decision can be made of.</summary>
internal static class DeskChoices
{
    private const int PinnedKeys = 9;

    public static async Task<IReadOnlyList<DeskPolicy>> PoliciesAsync(DeskReading reading, DeskQueue queue, CancellationToken cancellationToken)
    {
        List<Policy> policies = await reading.Db.Set<Policy>().AsNoTracking().Where(policy => !policy.Archived).ToListAsync(cancellationToken).ConfigureAwait(false);
        // A policy can be limited to the desks of some queues; experts and those who hear appeals rule on the cases of all.
        return [.. policies.Where(policy => queue.Kind != QueueKind.Review || policy.IsOfferedIn(queue.Id))
            .OrderBy(policy => policy.Code, PolicyCodeOrder.Instance).ThenBy(policy => policy.Name, StringComparer.CurrentCulture)
            .Select(policy => new DeskPolicy(
                policy.Id, policy.Code, policy.Name, policy.Severity, KeyOf(queue, policy.Id),
                ActionScope.List(policy.RecommendedActions), policy.ReasonTemplates.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                VersionNumber = policy.CurrentVersion,
                ReasonRequired = policy.ReasonRequired,
            })];
    }

    public static async Task<IReadOnlyList<DeskAction>> ActionsAsync(DeskReading reading, CaseQueue queue, DeskItems items, CancellationToken cancellationToken)
    {
        string[] hidden = ActionScope.List(queue.HiddenActions);
        List<ActionDefinition> actions = await reading.Db.Set<ActionDefinition>().AsNoTracking().Where(action => !action.Archived)
            .OrderBy(action => action.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. actions.Where(action => !hidden.Contains(action.Id))
            .Select(action => new DeskAction(
                action.Id, action.Name, action.Description, action.Target, action.Reversible, action.ItemTypes, ActionParameters.Parse(action.Parameters)))
            .Where(action => FitsHere(action, items))];
    }

    private static bool FitsHere(DeskAction action, DeskItems items)
    {
        string judged = items.Judged.TypeId;
        return action.Fits(ActionTarget.Item, judged, judged)
            || (items.Judged.AuthorTypeId is { } account && action.Fits(ActionTarget.Author, account, judged))
            || items.Beside.Any(item => action.Fits(ActionTarget.RelatedItem, item.TypeId, judged));
    }

    private static int? KeyOf(DeskQueue queue, string policyId)
    {
        for (int place = 0; place < Math.Min(PinnedKeys, queue.PinnedPolicies.Count); place++)
        {
            if (queue.PinnedPolicies[place] == policyId)
            {
                return place + 1;
            }
        }

        return null;
    }
}
