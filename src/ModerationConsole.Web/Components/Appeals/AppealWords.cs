using System.Globalization;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Web.Components.Cases;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Appeals;

/// <summary>Appeals and their figures in words.</summary>
public static class AppealWords
{
    /// <summary>Who objects to what.</summary>
    public static string Of(AppealKind kind) => kind switch
    {
        AppealKind.Appeal => AppealsText.KindAppeal,
        AppealKind.Complaint => AppealsText.KindComplaint,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Where an appeal stands.</summary>
    public static string Of(AppealState state) => state switch
    {
        AppealState.Open => AppealsText.StateOpen,
        AppealState.Upheld => AppealsText.StateUpheld,
        AppealState.Overturned => AppealsText.StateOverturned,
        AppealState.Changed => AppealsText.StateChanged,
        AppealState.Withdrawn => AppealsText.StateWithdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Class of the chip that says it.</summary>
    public static string? Chip(AppealState state) => state == AppealState.Open ? "chip-chosen" : null;

    /// <summary>"Violation · Spam 1.1".</summary>
    public static string Finding(Verdict verdict, string? policyName, string? policyCode) =>
        policyName is null ? CaseWords.Name(verdict) : $"{CaseWords.Name(verdict)} · {policyName} {policyCode}";

    /// <summary>"3 of 12: 25 %, between 9 and 53 %"; that there are none where there are none.</summary>
    public static string Of(AppealShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (share.Of == 0)
        {
            return AppealsText.None;
        }

        WilsonInterval interval = WilsonInterval.Of(share.Hits, share.Of);
        return AppealsText.Share.With(share.Hits.Thin(), share.Of.Thin(), Percent((double)share.Hits / share.Of), Percent(interval.Lower), Percent(interval.Upper));
    }

    /// <summary>The share alone, large.</summary>
    public static string Large(AppealShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return share.Of == 0 ? AppealsText.None : AppealsText.Percent.With(Percent((double)share.Hits / share.Of));
    }

    /// <summary>A length of time; that there is none where nothing was answered.</summary>
    public static string Of(TimeSpan? length) => length is { } known ? Moment.Span(known) : AppealsText.None;

    /// <summary>Name of a part: its policy, language or who decided.</summary>
    public static string Policy(AppealPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Name ?? part.Key ?? AppealsText.NoPolicy;
    }

    /// <summary>Name of a language; that none is known.</summary>
    public static string Language(AppealPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Key is { } tag ? CaseListWords.Language(tag) : AppealsText.NoLanguage;
    }

    /// <summary>Whether people or programs decided.</summary>
    public static string Automation(AppealPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Key == "program" ? AppealsText.ByPrograms : AppealsText.ByPeople;
    }

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
}
