namespace ModerationConsole.Core.Enforcement;

/// <summary>What became of an action that was to be saved.</summary>
public enum SaveActionOutcome
{
    Saved,

    /// <summary>The id is not 1 to 200 of letters, digits and <c>_ - . :</c>.</summary>
    IdInvalid,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>Description or list of item types is too long.</summary>
    TextTooLong,

    /// <summary>The callback is neither https to a public host nor named in <c>Webhooks:AllowedHosts</c>.</summary>
    AddressRefused,

    /// <summary>The custom body is no JSON object, or longer than 5 000 characters.</summary>
    CustomBodyInvalid,

    /// <summary>A parameter has no sound name, stands there twice, or is a selection without choices.</summary>
    ParametersInvalid,

    /// <summary>One of the item types is not defined.</summary>
    UnknownItemType,

    /// <summary>There is no such action to take it back with.</summary>
    UnknownReversal,

    /// <summary>There is an action of that id already, and this was meant to be a new one.</summary>
    IdTaken,

    /// <summary>Someone saved it meanwhile, or it is not there.</summary>
    Changed,
}

/// <summary>An action as a person wants it.</summary>
/// <param name="Id">Id on the wire; never changes.</param>
/// <param name="Name">Name on the button, a verb phrase.</param>
public sealed record ActionDraft(string Id, string Name)
{
    /// <summary>What it does, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where the platform is told; empty: it is only recorded.</summary>
    public string CallbackUrl { get; init; } = "";

    /// <summary>JSON object sent as <c>custom</c>.</summary>
    public string CustomBody { get; init; } = "{}";

    /// <summary>Item types it applies to; empty for all.</summary>
    public IReadOnlyList<string> ItemTypes { get; init; } = [];

    /// <summary>What it is done to.</summary>
    public ActionTarget Target { get; init; }

    /// <summary>Whether it can be taken back.</summary>
    public bool Reversible { get; init; } = true;

    /// <summary>The action that takes it back.</summary>
    public string? ReversalActionId { get; init; }

    /// <summary>Values that are given with it.</summary>
    public IReadOnlyList<ActionParameter> Parameters { get; init; } = [];

    /// <summary>Archived actions can no longer be chosen.</summary>
    public bool Archived { get; init; }

    /// <summary>The version it was read at; null for a new action.</summary>
    public long? Version { get; init; }
}
