using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Results of second looks and disputes about them, in plain words.</summary>
public static class ResultWords
{
    /// <summary>A verdict.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Allow => ResultsText.VerdictAllow,
        Verdict.Violation => ResultsText.VerdictViolation,
        Verdict.CannotReview => ResultsText.VerdictCannotReview,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    /// <summary>"Violation: Spam".</summary>
    public static string Of(Verdict verdict, string? policy) => policy is null ? Of(verdict) : ResultsText.VerdictOf.With(Of(verdict), policy);

    /// <summary>What was wrong.</summary>
    public static string Of(ErrorKind kind) => kind switch
    {
        ErrorKind.FalsePositive => ResultsText.ErrorFalsePositive,
        ErrorKind.FalseNegative => ResultsText.ErrorFalseNegative,
        ErrorKind.WrongPolicyOrAction => ResultsText.ErrorWrongPolicyOrAction,
        ErrorKind.Technical => ResultsText.ErrorTechnical,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What a kind means, where its words do not say it.</summary>
    public static string? Help(ErrorKind kind) => kind == ErrorKind.Technical ? ResultsText.ErrorTechnicalHelp : null;

    /// <summary>Why it was wrong.</summary>
    public static string Of(RootCause cause) => cause switch
    {
        RootCause.PolicyUnclear => ResultsText.CausePolicyUnclear,
        RootCause.Tool => ResultsText.CauseTool,
        RootCause.Knowledge => ResultsText.CauseKnowledge,
        RootCause.Slip => ResultsText.CauseSlip,
        _ => throw new ArgumentOutOfRangeException(nameof(cause)),
    };

    /// <summary>Where a dispute stands.</summary>
    public static string Of(DisputeState state) => state switch
    {
        DisputeState.Open => ResultsText.StateOpen,
        DisputeState.Upheld => ResultsText.StateUpheld,
        DisputeState.Overturned => ResultsText.StateOverturned,
        DisputeState.PolicyAmbiguous => ResultsText.StatePolicyAmbiguous,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>What someone may find in a dispute.</summary>
    public static string Finding(DisputeState finding) => finding switch
    {
        DisputeState.Upheld => ResultsText.FindingUpheld,
        DisputeState.Overturned => ResultsText.FindingOverturned,
        DisputeState.PolicyAmbiguous => ResultsText.FindingPolicyAmbiguous,
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };

    /// <summary>What follows from a finding.</summary>
    public static string FindingHelp(DisputeState finding) => finding switch
    {
        DisputeState.Upheld => ResultsText.FindingUpheldHelp,
        DisputeState.Overturned => ResultsText.FindingOverturnedHelp,
        DisputeState.PolicyAmbiguous => ResultsText.FindingPolicyAmbiguousHelp,
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };

    /// <summary>Right, wrong or not counted, with its chip.</summary>
    public static (string Words, string? Chip) Found(bool wrong, bool scored) => (wrong, scored) switch
    {
        (_, false) => (ResultsText.NotCounted, null),
        (true, true) => (ResultsText.Wrong, "chip-due"),
        (false, true) => (ResultsText.Right, "chip-ok"),
    };

    /// <summary>What was found, in a sentence to the author.</summary>
    public static string Sentence(MyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result switch
        {
            { Scored: false } => ResultsText.FoundOpen,
            { Wrong: true } => ResultsText.FoundWrong,
            { Dispute.State: DisputeState.Overturned } => ResultsText.FoundRightAfterDispute,
            _ => ResultsText.FoundRight,
        };
    }
}
