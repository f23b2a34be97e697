using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>A stratum of a plan; the rest of a plan is <see cref="Guid.Empty"/>.</summary>
internal readonly record struct Cell(Guid PlanId, Guid StratumId);

/// <summary>Samples that are alike in all that figures ask, counted by the database.</summary>
/// <param name="Third">Whether a third person gave a verdict.</param>
/// <param name="Samples">How many.</param>
/// <param name="Stands">For how many decisions they stand by the rates that drew them.</param>
internal sealed record SampleTally(
    Guid PlanId, Guid? StratumId, bool Random, string? PolicyId, double Weight, Verdict Verdict, SampleState State, bool Scored, bool? Wrong, Verdict? RightVerdict,
    string? RightPolicyId, ErrorKind? Error, RootCause? Cause, bool Third, int Samples, double Stands)
{
    public Cell Cell => new(PlanId, StratumId ?? Guid.Empty);

    /// <summary>Whether figures rest on them: found right or wrong, explained or not.</summary>
    public bool Judged => Scored;

    public bool IsWrong => Judged && Wrong == true;

    public Finding Decided => Finding.Of(Verdict, PolicyId);

    /// <summary>What was right: until another is known to be, what was decided is.</summary>
    public Finding Truth => this is { IsWrong: true, RightVerdict: { } right } ? Finding.Of(right, RightPolicyId) : Decided;

    /// <summary>What shares are told of.</summary>
    public CellCount Count => new(Cell, Judged ? Samples : 0, IsWrong ? Samples : 0, Stands);
}

/// <summary>The samples of one stratum of which a share is told.</summary>
internal readonly record struct CellCount(Cell Cell, int Judged, int Wrong, double Stands);

/// <summary>How many decisions there are in each cell.</summary>
internal static class CellSizes
{
    /// <summary>The share of right decisions.</summary>
    /// <param name="counted">How many decisions fell into each cell; null where nobody counted just these.</param>
    public static StratifiedEstimate Accuracy(IEnumerable<CellCount> counts, IReadOnlyDictionary<Cell, long>? counted)
    {
        List<SampledStratum> strata = [];
        HashSet<Cell> seen = [];
        foreach (IGrouping<Cell, CellCount> cell in counts.GroupBy(count => count.Cell))
        {
            (int judged, int wrong) = (cell.Sum(count => count.Judged), cell.Sum(count => count.Wrong));
            strata.Add(new SampledStratum(SizeOf(cell.Key, judged, cell.Sum(count => count.Stands), counted), judged, judged - wrong));
            seen.Add(cell.Key);
        }

        // Strata of which nothing was drawn belong to the whole all the same.
        strata.AddRange((counted ?? new Dictionary<Cell, long>()).Where(size => !seen.Contains(size.Key)).Select(size => new SampledStratum(size.Value, 0, 0)));
        return StratifiedEstimate.Of(strata);
    }

    /// <summary>The error in which each counts by its weight.</summary>
    public static Figure WeightedError(IEnumerable<SampleTally> tallies, IReadOnlyDictionary<Cell, long>? counted) => SeverityError.Of(
        [
            .. tallies.GroupBy(tally => tally.Cell).Select(cell => new SeverityStratum(
                SizeOf(cell.Key, cell.Where(tally => tally.Judged).Sum(tally => tally.Samples), cell.Sum(tally => tally.Stands), counted),
                [
                    .. cell.Where(tally => tally.Judged).GroupBy(tally => tally.Weight)
                        .Select(part => new SeverityTally(part.Key, part.Sum(tally => tally.Samples), part.Where(tally => tally.IsWrong).Sum(tally => tally.Samples))),
                ])),
        ]);

    // Never less than was judged: a count that came to less was lost, and what was judged exists.
    private static long SizeOf(Cell cell, int judged, double stands, IReadOnlyDictionary<Cell, long>? counted) =>
        Math.Max(judged, counted is null ? (long)Math.Round(stands) : counted.GetValueOrDefault(cell));
}
