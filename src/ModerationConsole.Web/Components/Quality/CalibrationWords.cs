using System.Globalization;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>How calibration is said on pages.</summary>
public static class CalibrationWords
{
    /// <summary>Where a session stands.</summary>
    public static string Of(CalibrationState state) => state switch
    {
        CalibrationState.Draft => CalibrationText.StateDraft,
        CalibrationState.Voting => CalibrationText.StateVoting,
        CalibrationState.Discussion => CalibrationText.StateDiscussion,
        CalibrationState.VotingAgain => CalibrationText.StateVotingAgain,
        CalibrationState.Closed => CalibrationText.StateClosed,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>A figure from -1 to 1 with two decimal places, or that it is not defined.</summary>
    public static string Of(double? figure) => figure?.ToString("0.00", CultureInfo.InvariantCulture) ?? CalibrationText.NotDefined;

    /// <summary>"Violation: Spam 60 % · Allow 40 %".</summary>
    public static string Of(IReadOnlyList<AnswerShare> answers) =>
        string.Join(" · ", answers.Select(answer => $"{GoldenWords.Of(answer.Verdict, answer.PolicyName)} {PlanWords.Percent(Math.Round(answer.Share, 2))}"));

    /// <summary>What became of a move.</summary>
    public static string Of(MoveCalibrationResult result, string name, CalibrationState next)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Outcome switch
        {
            MoveCalibrationOutcome.Moved => CalibrationText.Moved.With(name, Of(next)),
            MoveCalibrationOutcome.NotFound => CalibrationText.Missing,
            MoveCalibrationOutcome.NotNow => CalibrationText.NotNow,
            MoveCalibrationOutcome.TooFewCases => CalibrationText.TooFewCases,
            MoveCalibrationOutcome.PersonWithoutQueue => CalibrationText.PersonWithoutQueue,
            MoveCalibrationOutcome.VotesMissing => CalibrationText.VotesMissing.With(result.Missing),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
    }

    /// <summary>Why a session was not saved, and by which field; null where it was.</summary>
    public static (string Field, string Message)? Problem(SaveCalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Outcome switch
        {
            SaveCalibrationOutcome.Saved => null,
            SaveCalibrationOutcome.NameInvalid => ("calibration-name", CalibrationText.NameInvalid),
            SaveCalibrationOutcome.CaseCountInvalid => ("calibration-cases", CalibrationText.CaseCountInvalid),
            SaveCalibrationOutcome.CaseUnsuitable => ("calibration-cases", CalibrationText.CaseUnsuitable.With(result.CaseNumber)),
            SaveCalibrationOutcome.PeopleCountInvalid => ("calibration-people", CalibrationText.PeopleCountInvalid),
            SaveCalibrationOutcome.PersonUnsuitable => ("calibration-people", CalibrationText.PersonUnsuitable),
            SaveCalibrationOutcome.Changed => ("", CalibrationText.Changed),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
    }
}
