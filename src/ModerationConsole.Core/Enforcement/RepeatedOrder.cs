using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModerationConsole.Core.Enforcement;

/// <summary>An order that was written down before, to be given once more: to the same target and with the values it had then.</summary>
internal static class RepeatedOrder
{
    /// <summary>The order; null where its action is archived or its values are not known any more.</summary>
    public static CheckedOrder? Of(EnforcementAction before, ActionDefinition action, string typeName)
    {
        if (action.Archived)
        {
            return null;
        }

        JsonObject body = Read(before.Body);
        IReadOnlyList<ActionParameter> asked = ActionParameters.Parse(action.Parameters);
        JsonObject values = [];
        foreach (ActionParameter parameter in asked)
        {
            if (body["custom"] is JsonObject custom && custom[parameter.Name] is { } value)
            {
                values[parameter.Name] = value.DeepClone();
            }
        }

        JsonObject? parameters = values.Count == 0 ? null : values;
        return ActionParameters.Check(asked, parameters, "").Any()
            ? null
            : new CheckedOrder(action, before.Target, new TargetItem(before.TargetTypeId, before.TargetItemId), typeName, Creator(body), parameters);
    }

    private static TargetItem? Creator(JsonObject body) =>
        body["creator"] is JsonObject creator && (string?)creator["typeId"] is { } type && (string?)creator["id"] is { } id ? new TargetItem(type, id) : null;

    private static JsonObject Read(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
