using System.Globalization;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>How golden cases are said on pages.</summary>
public static class GoldenWords
{
    /// <summary>"Violation: Spam".</summary>
    public static string Of(Verdict verdict, string? policy) =>
        policy is null ? CaseWords.Name(verdict) : GoldenText.AgreedVerdict.With(CaseWords.Name(verdict), policy);

    /// <summary>What made it golden.</summary>
    public static string Of(GoldenOrigin origin) => origin switch
    {
        GoldenOrigin.Agreement => GoldenText.OriginAgreement,
        GoldenOrigin.Expert => GoldenText.OriginExpert,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    /// <summary>Where it stands, with the reason where it was retired.</summary>
    public static string Of(GoldenRetirement? retirement) => retirement is { } why ? GoldenText.StateRetired.With(Reason(why)) : GoldenText.StateActive;

    /// <summary>"19 of 20", or that there are too few answers to say.</summary>
    public static string Share(GoldenFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Passed is { } passed ? GoldenText.Share.With(passed, figure.Answered) : GoldenText.TooFew;
    }

    /// <summary>The interval in which the share lies with 95 % confidence: "76–99 %"; null with too few answers.</summary>
    public static string? Interval(GoldenFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Interval is { } interval ? GoldenText.Interval.With(Percent(interval.Lower), Percent(interval.Upper)) : null;
    }

    /// <summary>Why a case was not made golden, and by which field; null where it was.</summary>
    public static (string Field, string Message)? Problem(MakeGoldenOutcome outcome) => outcome switch
    {
        MakeGoldenOutcome.Made => null,
        MakeGoldenOutcome.NoCase => ("golden-case", GoldenText.NoCase),
        MakeGoldenOutcome.NotDecided => ("golden-case", GoldenText.NotDecided),
        MakeGoldenOutcome.StillUndoable => ("golden-case", GoldenText.StillUndoable),
        MakeGoldenOutcome.NoVerdict => ("golden-case", GoldenText.NoVerdict),
        MakeGoldenOutcome.PolicyChanged => ("golden-case", GoldenText.PolicyChanged),
        MakeGoldenOutcome.GoldenAlready => ("golden-case", GoldenText.GoldenAlready),
        MakeGoldenOutcome.NoAgreement => ("golden-case", GoldenText.NoAgreement),
        MakeGoldenOutcome.NoteTooLong => ("golden-note", GoldenText.NoteTooLong),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);

    private static string Reason(GoldenRetirement why) => why switch
    {
        GoldenRetirement.ByHand => GoldenText.RetiredByHand,
        GoldenRetirement.PolicyChanged => GoldenText.RetiredPolicyChanged,
        GoldenRetirement.StrongReviewersFailed => GoldenText.RetiredStrongReviewersFailed,
        GoldenRetirement.CaseGone => GoldenText.RetiredCaseGone,
        GoldenRetirement.DecisionReplaced => GoldenText.RetiredDecisionReplaced,
        _ => throw new ArgumentOutOfRangeException(nameof(why)),
    };
}
