using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>How much each answer was given.</summary>
/// <param name="PolicyName">The policy; null where none is violated.</param>
/// <param name="Share">From 0 to 1, the mean over cases.</param>
public sealed record AnswerShare(Verdict Verdict, string? PolicyName, double Share);

/// <summary>How far the votes of a round agree. Two are alike when verdict and policy are. Votes of who had decided the case are left out.</summary>
/// <param name="Cases">Cases with two votes or more: only those say anything.</param>
/// <param name="Votes">Votes that count.</param>
/// <param name="Raw">How often two people agree, from 0 to 1; null where no case has two votes. See <see cref="RatingCounts.ObservedAgreement"/>.</param>
/// <param name="Alpha">Krippendorff's alpha for categories without order; null where it is not defined. See <see cref="KrippendorffAlpha"/>.</param>
/// <param name="Prevalence">How much each answer was given, the most given first.</param>
public sealed record CalibrationAgreement(int Cases, int Votes, double? Raw, double? Alpha, IReadOnlyList<AnswerShare> Prevalence)
{
    /// <summary>Agreement over some votes; null where there are none.</summary>
    internal static CalibrationAgreement? Of(IReadOnlyCollection<ShownVote> votes)
    {
        ShownVote[] counted = [.. votes.Where(vote => !vote.DecidedIt)];
        if (counted.Length == 0)
        {
            return null;
        }

        (Verdict Verdict, string? PolicyId)[] answers = [.. counted.Select(vote => (vote.Verdict, vote.PolicyId)).Distinct()];
        RatingCounts counts = RatingCounts.Of(
            answers.Length,
            counted.GroupBy(vote => vote.CalibrationCaseId)
                .Select(about => answers.Select(answer => about.Count(vote => (vote.Verdict, vote.PolicyId) == answer)).ToArray()));
        IReadOnlyList<double> prevalence = counts.Prevalence() ?? [];
        return new CalibrationAgreement(
            counts.PairableUnits, counted.Length, counts.ObservedAgreement(), KrippendorffAlpha.Nominal(counts),
            [
                .. answers.Zip(prevalence, (answer, share) =>
                        new AnswerShare(answer.Verdict, counted.First(vote => (vote.Verdict, vote.PolicyId) == answer).PolicyName, share))
                    .OrderByDescending(answer => answer.Share),
            ]);
    }
}

/// <summary>A vote that may be shown.</summary>
/// <param name="DecidedIt">Whether its author had decided the case: it is shown, and left out of agreement.</param>
internal sealed record ShownVote(
    Guid CalibrationCaseId, Guid PersonId, string Person, int Round, Verdict Verdict, string? PolicyId, string? PolicyName, bool DecidedIt);
