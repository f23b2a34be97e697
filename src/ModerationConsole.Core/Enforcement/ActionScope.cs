namespace ModerationConsole.Core.Enforcement;

/// <summary>What an action may be done to. Desk and commands ask here, so that nothing is offered that is then refused.</summary>
public static class ActionScope
{
    /// <summary>Whether the action is made for that kind of target. What is done to an item may also be done to a related one.</summary>
    public static bool Suits(ActionTarget made, ActionTarget asked) =>
        made == asked || (made == ActionTarget.Item && asked == ActionTarget.RelatedItem);

    /// <summary>Whether the action is made for that item type.</summary>
    /// <param name="itemTypes">Types it applies to, comma separated; empty for all.</param>
    /// <param name="targetTypeId">Type of what it would be done to.</param>
    /// <param name="judgedTypeId">Type of the judged item: an action on the author may be scoped to what the author made.</param>
    public static bool Covers(string itemTypes, ActionTarget target, string targetTypeId, string judgedTypeId)
    {
        ArgumentNullException.ThrowIfNull(itemTypes);
        string[] types = List(itemTypes);
        return types.Length == 0
            || types.Contains(targetTypeId, StringComparer.Ordinal)
            || (target == ActionTarget.Author && types.Contains(judgedTypeId, StringComparer.Ordinal));
    }

    /// <summary>A stored comma-separated list of ids.</summary>
    public static string[] List(string ids) => ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
