using ModerationConsole.Core.Policies;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>A policy while it is written.</summary>
public sealed class PolicyForm
{
    public string Id { get; set; } = "";

    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string ParentId { get; set; } = "";

    public Severity Severity { get; set; } = Severity.Medium;

    public string Text { get; set; } = "";

    public string Guidance { get; set; } = "";

    public string ReasonTemplates { get; set; } = "";

    public HashSet<string> Actions { get; init; } = [];

    public bool Archived { get; set; }

    public long? Version { get; set; }

    /// <summary>A policy that is there already.</summary>
    public static PolicyForm Of(PolicyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new PolicyForm
        {
            Id = view.Policy.Id,
            Code = view.Policy.Code,
            Name = view.Shown.Name,
            ParentId = view.Policy.ParentId ?? "",
            Severity = view.Shown.Severity,
            Text = view.Shown.Text,
            Guidance = view.Shown.Guidance,
            ReasonTemplates = view.Policy.ReasonTemplates,
            Actions = [.. view.Policy.RecommendedActions.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Archived = view.Policy.Archived,
            Version = view.Policy.Version,
        };
    }

    /// <summary>What the core is asked to save.</summary>
    public PolicyDraft Draft() => new(
        Id.Trim(), Code, Name, ParentId.Length == 0 ? null : ParentId, Severity, Text, Guidance, [.. Actions], ReasonTemplates, Archived, Version);
}
