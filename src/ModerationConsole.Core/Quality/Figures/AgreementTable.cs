using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>
/// Agreement of the first two judgements. Each is blind to the other, so only these two are independent ratings; the third person's is
/// not, and is asked for only where the two differ. Only samples of the random share go in: the measures are not reweighted.
/// </summary>
internal sealed class AgreementTable
{
    private const string FirstRater = "first";
    private const string SecondRater = "second";

    private readonly List<RatedSamples> _rated;
    private readonly List<Finding> _findings;

    public AgreementTable(IEnumerable<SampleTally> tallies, IEnumerable<RatedSamples> disagreed)
    {
        // Where no third person was asked, the second found what the first did.
        _rated =
        [
            .. tallies.Where(tally => tally is { Random: true, Judged: true, Third: false })
                .Select(tally => new RatedSamples(tally.Decided, tally.Decided, null, tally.Samples)),
            .. disagreed,
        ];
        _findings = [.. _rated.SelectMany(rated => new[] { rated.First, rated.Second, rated.Third ?? rated.First }).Distinct()];
    }

    public AgreementFigures Measure(IReadOnlyDictionary<string, Policy> policies)
    {
        RatingCounts two = Counts(_findings.Count, rated => [Place(rated.First), Place(rated.Second)]);
        int units = _rated.Sum(rated => rated.Samples);
        RatingTable named = new(
            Math.Max(1, _findings.Count), [FirstRater, SecondRater],
            _rated.SelectMany(rated => Enumerable.Repeat<IReadOnlyList<int?>>([Place(rated.First), Place(rated.Second)], rated.Samples)));
        IReadOnlyList<double> shares = two.Prevalence() ?? [];
        int commonest = shares.Count == 0 ? -1 : shares.ToList().IndexOf(shares.Max());
        return new AgreementFigures(
            Figure.OfShare(_rated.Where(rated => rated.First == rated.Second).Sum(rated => rated.Samples), units),
            KrippendorffAlpha.Nominal(two),
            KrippendorffAlpha.Ordinal(Counts(Enum.GetValues<Severity>().Length + 1, rated => [Rank(rated.First, policies), Rank(rated.Second, policies)])),
            KrippendorffAlpha.Nominal(Counts(_findings.Count, rated => [Place(rated.First), Place(rated.Second), .. rated.Third is { } third ? [Place(third)] : Array.Empty<int?>()])),
            CohenKappa.Of(named, FirstRater, SecondRater).Value,
            FleissKappa.Of(two),
            GwetAc1.Of(two),
            commonest < 0 ? null : FindingClasses.Named(_findings[commonest], policies),
            commonest < 0 ? null : shares[commonest]);
    }

    private int? Place(Finding finding) => _findings.IndexOf(finding);

    // No violation, then violations by how severe their policy is; what could not be reviewed has no place in that order.
    private static int? Rank(Finding finding, IReadOnlyDictionary<string, Policy> policies) => finding.Verdict switch
    {
        Verdict.Allow => 0,
        Verdict.Violation when finding.PolicyId is { } id && policies.TryGetValue(id, out Policy? policy) => 1 + (int)policy.Severity,
        _ => null,
    };

    private RatingCounts Counts(int categories, Func<RatedSamples, int?[]> ratings) => RatingCounts.Of(
        Math.Max(1, categories),
        _rated.SelectMany(rated =>
        {
            int[] counts = new int[Math.Max(1, categories)];
            foreach (int place in ratings(rated).OfType<int>())
            {
                counts[place]++;
            }

            return Enumerable.Repeat<IReadOnlyList<int>>(counts, rated.Samples);
        }));
}
