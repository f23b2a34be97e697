using System.Text.Json.Serialization;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>A policy while it is written.</summary>
public sealed class PolicyForm : IZonedForm
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

    public bool ReasonRequired { get; set; }

    /// <summary>Queues that it is offered in; none for all.</summary>
    public HashSet<string> Queues { get; init; } = [];

    /// <summary>Fields that it speaks of; none for the whole item.</summary>
    public HashSet<string> Fields { get; init; } = [];

    public bool Archived { get; set; }

    /// <summary>From when it is to apply, as the person's own clock shows it; null for as soon as it is published.</summary>
    public DateTime? From { get; set; }

    /// <inheritdoc />
    [JsonIgnore]
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>Number of the version in force that stands beside it.</summary>
    public int BasedOn { get; set; }

    /// <summary>The draft that is written on.</summary>
    public Guid? RevisionId { get; set; }

    /// <summary>The version of the draft that is written on.</summary>
    public long? Version { get; set; }

    /// <summary>A draft that is there already.</summary>
    public static PolicyForm Of(RevisionView view, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(moment);
        PolicyRevision draft = view.Draft;
        return new PolicyForm
        {
            Id = draft.PolicyId,
            Code = draft.Code,
            Name = draft.Name,
            ParentId = draft.ParentId ?? "",
            Severity = draft.Severity,
            Text = draft.Text,
            Guidance = draft.Guidance,
            ReasonTemplates = draft.ReasonTemplates,
            Actions = [.. PolicyLists.Of(draft.RecommendedActions)],
            ReasonRequired = draft.ReasonRequired,
            Queues = [.. PolicyLists.Of(draft.Queues)],
            Fields = [.. PolicyLists.Of(draft.Fields)],
            Archived = draft.Archived,
            From = draft.EffectiveFrom is { } from ? moment.Local(from).DateTime : null,
            Zone = moment.Zone,
            BasedOn = view.InForce?.Number ?? 0,
            RevisionId = draft.Id,
            Version = draft.Version,
        };
    }

    /// <summary>A draft to begin, of a policy that is there already.</summary>
    public static PolicyForm Of(PolicyView view, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(moment);
        return new PolicyForm
        {
            Id = view.Policy.Id,
            Code = view.Policy.Code,
            Name = view.Shown.Name,
            ParentId = view.Policy.ParentId ?? "",
            Severity = view.Shown.Severity,
            Text = view.Shown.Text,
            Guidance = view.Shown.Guidance,
            ReasonTemplates = view.Shown.ReasonTemplates,
            Actions = [.. PolicyLists.Of(view.Shown.RecommendedActions)],
            ReasonRequired = view.Shown.ReasonRequired,
            Queues = [.. PolicyLists.Of(view.Shown.Queues)],
            Fields = [.. PolicyLists.Of(view.Shown.Fields)],
            Archived = view.Policy.Archived,
            BasedOn = view.Shown.Number,
            Zone = moment.Zone,
        };
    }

    /// <summary>A draft of a policy that is not there yet.</summary>
    public static PolicyForm New(Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        return new PolicyForm { Zone = moment.Zone };
    }

    /// <inheritdoc />
    public void MoveTo(Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        (From, Zone) = (From is { } from ? moment.Shown(from, Zone) : null, moment.Zone);
    }

    /// <summary>What the core is asked to keep.</summary>
    public RevisionCommand Command(Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        return new RevisionCommand(
            new PolicyDraft(Id.Trim(), Code, Name, ParentId.Length == 0 ? null : ParentId, Severity, Text, Guidance, [.. Actions], ReasonTemplates, Archived)
            {
                ReasonRequired = ReasonRequired,
                Queues = [.. Queues.Select(Guid.Parse)],
                Fields = [.. Fields],
                EffectiveFrom = From is { } from ? (moment with { Zone = Zone }).Instant(from) : null,
            },
            BasedOn, RevisionId, Version);
    }
}
