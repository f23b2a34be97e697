using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>What lists say about a case, in plain words.</summary>
public static class CaseListWords
{
    /// <summary>"Waiting", "In review", "Decided: allow".</summary>
    public static string State(CaseRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.State == CaseState.Open ? Open(row.Where) : Ended(row.State, row.Verdict);
    }

    /// <summary>State of an open case, by where it stands.</summary>
    public static string Open(CaseWhereabouts? where) => where switch
    {
        { InHand: true } => CasesText.StateInReview,
        { Waiting: true } => CasesText.StateWaiting,
        _ => CasesText.StateOpen,
    };

    /// <summary>State of a case that is decided or closed, with what was found.</summary>
    public static string Ended(CaseState state, string? verdict)
    {
        string words = state == CaseState.Closed ? CasesText.StateClosed : CasesText.StateDecided;
        return Verdict(verdict) is { } found ? CasesText.StateWithVerdict.With(words, found) : words;
    }

    /// <summary>What was found, in the middle of a sentence; null where nothing was.</summary>
    public static string? Verdict(string? code) => code switch
    {
        "Allow" => CasesText.VerdictAllow,
        "Violation" => CasesText.VerdictViolation,
        "CannotReview" => CasesText.VerdictCannotReview,
        _ => null,
    };

    /// <summary>How grave a case is; null where nothing is known.</summary>
    public static string? Gravity(Sensitivity sensitivity, Severity severity) => (sensitivity, severity) switch
    {
        (Sensitivity.ChildSafety, _) => CasesText.ChildSafety,
        (Sensitivity.Severe, _) or (_, Severity.Severe) => CasesText.Severe,
        (_, Severity.High) => CasesText.SeverityHigh,
        (_, Severity.Medium) => CasesText.SeverityMedium,
        (_, Severity.Low) => CasesText.SeverityLow,
        _ => null,
    };

    /// <summary>Whether a case is among those that harm.</summary>
    public static bool IsSevere(Sensitivity sensitivity, Severity severity) => sensitivity != Sensitivity.Ordinary || severity == Severity.Severe;

    /// <summary>Whether a deadline is so near that its colour says so too.</summary>
    public static bool IsNear(DateTimeOffset due, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        return due < moment.Now.AddHours(1);
    }

    /// <summary>"Due in 42 min", "Overdue by 3 h".</summary>
    public static string Due(DateTimeOffset due, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        return (due >= moment.Now ? CasesText.DueIn : CasesText.Overdue).With(Moment.Span((due - moment.Now).Duration()));
    }

    /// <summary>"English" for "en"; the tag itself where it has no name.</summary>
    public static string Language(string tag)
    {
        try
        {
            return System.Globalization.CultureInfo.GetCultureInfo(tag, predefinedOnly: true).EnglishName;
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            return tag;
        }
    }
}
