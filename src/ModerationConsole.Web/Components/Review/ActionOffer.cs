using System.Globalization;
using System.Text.Json.Nodes;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Web.Components.Review;

/// <summary>An action on one target that the person may choose.</summary>
public sealed class ActionOffer(DeskAction action, ActionTarget target, DeskItem? related = null)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The action.</summary>
    public DeskAction Action => action;

    /// <summary>What it would be done to.</summary>
    public ActionTarget Target => target;

    /// <summary>Which related item, where the target is one.</summary>
    public DeskItem? Related => related;

    /// <summary>Whether it is chosen.</summary>
    public bool Chosen { get; set; }

    /// <summary>Whether the person chose or dropped it by hand; then a policy does not change it any more.</summary>
    public bool ByHand { get; set; }

    /// <summary>The first parameter that must be given and is not.</summary>
    public ActionParameter? Missing =>
        Chosen ? action.Parameters.FirstOrDefault(parameter => parameter.Required && ValueOf(parameter).Length == 0) : null;

    /// <summary>Everything that can be done in a case, in the order of targets.</summary>
    public static IReadOnlyList<ActionOffer> Of(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        string judged = about.Item.TypeId;
        IEnumerable<ActionOffer> onItem = about.Actions.Where(action => action.Fits(ActionTarget.Item, judged, judged))
            .Select(action => new ActionOffer(action, ActionTarget.Item));
        IEnumerable<ActionOffer> onAuthor = about.Item.AuthorTypeId is { } account
            ? about.Actions.Where(action => action.Fits(ActionTarget.Author, account, judged)).Select(action => new ActionOffer(action, ActionTarget.Author))
            : [];
        IEnumerable<ActionOffer> onRelated =
            from item in about.Thread.Concat(about.Related)
            where !item.Judged
            from action in about.Actions
            where action.Fits(ActionTarget.RelatedItem, item.TypeId, judged)
            select new ActionOffer(action, ActionTarget.RelatedItem, item);
        return [.. onItem, .. onAuthor, .. onRelated];
    }

    /// <summary>What was entered for a parameter.</summary>
    public string ValueOf(ActionParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return _values.GetValueOrDefault(parameter.Name, "");
    }

    /// <summary>Enters a value for a parameter; the choices of a multiple selection are parted by line breaks.</summary>
    public void Enter(ActionParameter parameter, string? value)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _values[parameter.Name] = value?.Trim() ?? "";
    }

    /// <summary>The order as it is submitted.</summary>
    public ActionOrder ToOrder() => new(action.Id, target, related is null ? null : new TargetItem(related.TypeId, related.ItemId), ParametersAsJson());

    /// <summary>Whether an order that was kept speaks of this offer.</summary>
    public bool Is(ActionOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.ActionId == action.Id && order.Target == target
            && (related is null || order.Related == new TargetItem(related.TypeId, related.ItemId));
    }

    /// <summary>Takes over the values of an order that was kept.</summary>
    public void Restore(ActionOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        Chosen = ByHand = true;
        foreach (ActionParameter parameter in action.Parameters)
        {
            if (order.Parameters?[parameter.Name] is { } value)
            {
                Enter(parameter, value is JsonArray many ? string.Join('\n', many) : value.ToString());
            }
        }
    }

    private JsonObject? ParametersAsJson()
    {
        JsonObject values = [];
        foreach (ActionParameter parameter in action.Parameters)
        {
            if (ValueOf(parameter) is { Length: > 0 } value)
            {
                values[parameter.Name] = AsJson(parameter.Type, value);
            }
        }

        return values.Count == 0 ? null : values;
    }

    private static JsonNode AsJson(ParameterType type, string value) => type switch
    {
        ParameterType.Number when decimal.TryParse(value, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
        ParameterType.Boolean => JsonValue.Create(value is "true" or "True"),
        ParameterType.Multiselect => new JsonArray([.. value.Split('\n').Select(one => JsonValue.Create(one))]),
        ParameterType.String or ParameterType.Select or ParameterType.Number => JsonValue.Create(value),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
