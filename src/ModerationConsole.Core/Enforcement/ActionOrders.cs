using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>The item that is judged, as far as actions need it.</summary>
/// <param name="CaseNumber">Its case.</param>
/// <param name="Item">The item.</param>
/// <param name="TypeName">Name of its type.</param>
/// <param name="Kind">What it describes.</param>
/// <param name="Creator">Who made it.</param>
internal sealed record JudgedItem(long CaseNumber, TargetItem Item, string TypeName, ItemKind Kind, TargetItem? Creator);

/// <summary>An order that was found good, with all that its webhook needs.</summary>
internal sealed record CheckedOrder(
    ActionDefinition Action, ActionTarget Target, TargetItem Item, string TypeName, TargetItem? Creator, JsonObject? Parameters);

/// <summary>Checks orders against actions, queue and case, and finds what they are done to.</summary>
internal static class ActionOrders
{
    /// <summary>Actions that one decision may order.</summary>
    public const int MaxOrders = 30;

    /// <summary>Either every order in a form that can be sent, or the first problem.</summary>
    /// <param name="hidden">Actions that the queue hides.</param>
    public static async Task<(IReadOnlyList<CheckedOrder> Orders, ActionProblem? Problem)> CheckAsync(
        ReadAhead reads, IReadOnlyList<ActionOrder> orders, JudgedItem judged, IReadOnlyCollection<string> hidden, CancellationToken cancellationToken)
    {
        if (orders.Count == 0)
        {
            return ([], null);
        }

        if (orders.Count > MaxOrders)
        {
            return ([], new ActionProblem("/actions", ActionProblemCode.TooMany));
        }

        Dictionary<string, ActionDefinition> actions = new(StringComparer.Ordinal);
        foreach (string id in orders.Select(order => order.ActionId).Distinct(StringComparer.Ordinal))
        {
            if (await reads.FindAsync(ActionReads.Actions, id, cancellationToken).ConfigureAwait(false) is { } action)
            {
                actions.Add(id, action);
            }
        }

        Targets targets = await ReadTargetsAsync(reads, orders, judged, cancellationToken).ConfigureAwait(false);
        List<CheckedOrder> good = [];
        for (int index = 0; index < orders.Count; index++)
        {
            (CheckedOrder? order, ActionProblem? problem) = Check(orders[index], $"/actions/{index}", actions, targets, judged, hidden);
            if (order is null)
            {
                return ([], problem);
            }

            if (good.Any(other => other.Action.Id == order.Action.Id && other.Item == order.Item))
            {
                return ([], new ActionProblem($"/actions/{index}", ActionProblemCode.TooMany));
            }

            good.Add(order);
        }

        return (good, null);
    }

    private static (CheckedOrder?, ActionProblem?) Check(
        ActionOrder order, string at, Dictionary<string, ActionDefinition> actions, Targets targets, JudgedItem judged, IReadOnlyCollection<string> hidden)
    {
        if (!actions.TryGetValue(order.ActionId, out ActionDefinition? action) || action.Archived || hidden.Contains(action.Id))
        {
            return Refused($"{at}/actionId", ActionProblemCode.UnknownAction);
        }

        if (!ActionScope.Suits(action.Target, order.Target))
        {
            return Refused($"{at}/target", ActionProblemCode.NotForTarget);
        }

        if (targets.Find(order) is not { } target)
        {
            return Refused($"{at}/target", ActionProblemCode.UnknownTarget);
        }

        if (!ActionScope.Covers(action.ItemTypes, order.Target, target.Item.TypeId, judged.Item.TypeId))
        {
            return Refused($"{at}/actionId", ActionProblemCode.NotForItemType);
        }

        ActionProblem? parameter = ActionParameters.Check(ActionParameters.Parse(action.Parameters), order.Parameters, $"{at}/parameters").FirstOrDefault();
        return parameter is null
            ? (new CheckedOrder(action, order.Target, target.Item, target.TypeName, target.Creator, order.Parameters), null)
            : (null, parameter);
    }

    private static (CheckedOrder?, ActionProblem?) Refused(string at, ActionProblemCode code) => (null, new ActionProblem(at, code));

    private static async Task<Targets> ReadTargetsAsync(
        ReadAhead reads, IReadOnlyList<ActionOrder> orders, JudgedItem judged, CancellationToken cancellationToken)
    {
        Target item = new(judged.Item, judged.TypeName, judged.Creator);
        Target? author = judged.Kind == ItemKind.User ? item : null;
        if (author is null && judged.Creator is { } creator && orders.Any(order => order.Target == ActionTarget.Author))
        {
            string? name = await reads.FindAsync(ActionReads.TypeNames, creator.TypeId, cancellationToken).ConfigureAwait(false);
            author = new Target(creator, name ?? creator.TypeId, null);
        }

        List<Target> related = [];
        if (orders.Any(order => order.Target == ActionTarget.RelatedItem))
        {
            ConsoleDbContext db = reads.Db;
            related = await (
                from link in db.Set<RelatedItem>()
                join version in db.Set<ItemVersion>() on link.ItemVersionId equals version.Id
                join type in db.Set<ItemType>() on version.TypeId equals type.Id
                where link.CaseNumber == judged.CaseNumber
                select new Target(
                    new TargetItem(version.TypeId, version.ItemId), type.Name,
                    version.CreatorId == null || version.CreatorTypeId == null ? null : new TargetItem(version.CreatorTypeId, version.CreatorId)))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        return new Targets(item, author, related);
    }

    private sealed record Target(TargetItem Item, string TypeName, TargetItem? Creator);

    private sealed record Targets(Target Item, Target? Author, IReadOnlyList<Target> Related)
    {
        public Target? Find(ActionOrder order) => order.Target switch
        {
            ActionTarget.Item => Item,
            ActionTarget.Author => Author,
            ActionTarget.RelatedItem => Related.FirstOrDefault(target => target.Item == order.Related),
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
    }
}
