using System.Text.Json.Nodes;

namespace ModerationConsole.Core.Enforcement;

/// <summary>An item as the platform names it.</summary>
/// <param name="TypeId">Item type.</param>
/// <param name="ItemId">Id on the platform.</param>
public sealed record TargetItem(string TypeId, string ItemId);

/// <summary>An action that a person chose for a case.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="Target">What it is to be done to. What an action does to an item it may also do to a related one.</param>
/// <param name="Related">Which related item, where the target is one.</param>
/// <param name="Parameters">Values of the action's parameters.</param>
public sealed record ActionOrder(string ActionId, ActionTarget Target = ActionTarget.Item, TargetItem? Related = null, JsonObject? Parameters = null);

/// <summary>An action that was written down to be sent.</summary>
/// <param name="Id">Identity; the webhook's id.</param>
/// <param name="ActionId">The action.</param>
/// <param name="Name">Its name on the button.</param>
/// <param name="Target">What it is done to.</param>
/// <param name="TypeId">Item type of that.</param>
/// <param name="ItemId">Id of that on the platform.</param>
public sealed record OrderedAction(Guid Id, string ActionId, string Name, ActionTarget Target, string TypeId, string ItemId);

/// <summary>What is wrong with something asked for: where, as a JSON pointer, and what.</summary>
public sealed record ActionProblem(string Pointer, ActionProblemCode Code);

/// <summary>Why an action cannot be ordered.</summary>
public enum ActionProblemCode
{
    /// <summary>No such action, or it is archived or hidden in the queue.</summary>
    UnknownAction,

    /// <summary>It is not made for that item type.</summary>
    NotForItemType,

    /// <summary>It is not made for that kind of target.</summary>
    NotForTarget,

    /// <summary>The target does not belong to the case, or is not known.</summary>
    UnknownTarget,

    /// <summary>The same action on the same target twice, or too many actions.</summary>
    TooMany,

    /// <summary>A parameter that must be given is missing.</summary>
    ParameterMissing,

    /// <summary>The action has no such parameter.</summary>
    ParameterUnknown,

    /// <summary>A parameter has the wrong type or is none of its choices.</summary>
    ParameterWrong,

    /// <summary>No such item type.</summary>
    UnknownItemType,

    /// <summary>No such policy.</summary>
    UnknownPolicy,

    /// <summary>A required value is missing.</summary>
    Missing,

    /// <summary>A text is longer than it may be.</summary>
    TooLong,

    /// <summary>A value holds control characters, or a key stands there twice.</summary>
    Malformed,
}
