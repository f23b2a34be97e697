using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>Policies in plain words.</summary>
public static class PolicyWords
{
    /// <summary>How bad a violation is.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.None => PoliciesText.SeverityNone,
        Severity.Low => PoliciesText.SeverityLow,
        Severity.Medium => PoliciesText.SeverityMedium,
        Severity.High => PoliciesText.SeverityHigh,
        Severity.Severe => PoliciesText.SeveritySevere,
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    /// <summary>Where a policy is read.</summary>
    public static string Address(string id) => $"policies/{Uri.EscapeDataString(id)}";

    /// <summary>Where its open draft is read.</summary>
    public static string DraftAddress(string id) => $"{Address(id)}/draft";

    /// <summary>How far a draft is.</summary>
    public static string Of(RevisionState state) => state switch
    {
        RevisionState.Draft => PoliciesText.StateDraft,
        RevisionState.Asked => PoliciesText.StateAsked,
        RevisionState.Scheduled => PoliciesText.StateScheduled,
        RevisionState.Published => PoliciesText.StatePublished,
        RevisionState.Discarded => PoliciesText.StateDiscarded,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>What became of a draft that was moved on; null where it is refused.</summary>
    public static string? Done(MoveRevisionOutcome outcome, string name) => outcome switch
    {
        MoveRevisionOutcome.Published => PoliciesText.DonePublished.With(name),
        MoveRevisionOutcome.Scheduled => PoliciesText.DoneScheduled.With(name),
        MoveRevisionOutcome.Asked => PoliciesText.DoneAsked,
        MoveRevisionOutcome.Returned => PoliciesText.DoneReturned,
        MoveRevisionOutcome.Withdrawn => PoliciesText.DoneWithdrawn,
        MoveRevisionOutcome.Discarded => PoliciesText.DoneDiscarded,
        _ => null,
    };

    /// <summary>Why a draft was not moved on.</summary>
    public static string Refused(MoveRevisionOutcome outcome) => outcome switch
    {
        MoveRevisionOutcome.Changed => PoliciesText.RefusedChanged,
        MoveRevisionOutcome.OwnDraft => PoliciesText.RefusedOwn,
        MoveRevisionOutcome.NobodyElse => PoliciesText.RefusedNobody,
        MoveRevisionOutcome.BaseChanged => PoliciesText.RefusedBase,
        MoveRevisionOutcome.ParentInvalid => PoliciesText.ParentInvalid,
        MoveRevisionOutcome.NoteRequired => PoliciesText.RefusedNote,
        MoveRevisionOutcome.NoteTooLong => PoliciesText.RefusedNoteLong,
        MoveRevisionOutcome.TooLate => PoliciesText.RefusedLate,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Templates, one a line as they are stored.</summary>
    public static string[] Lines(string templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        return templates.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>A stored list in words; what has no name is shown as it is.</summary>
    public static string List(string stored, IReadOnlyDictionary<string, string> names, string none)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] all = PolicyLists.Of(stored);
        return all.Length == 0 ? none : string.Join(", ", all.Select(id => names.GetValueOrDefault(id, id)));
    }
}
