namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>Judged decisions of one severity.</summary>
/// <param name="Weight">What an error of this severity counts, above 0; the policy's own.</param>
/// <param name="Judged">How many were judged.</param>
/// <param name="Errors">How many of them were wrong.</param>
public sealed record SeverityTally(double Weight, int Judged, int Errors);

/// <summary>One stratum of a plan with what was judged in it, by severity.</summary>
/// <param name="Population">How many decisions fell into it, drawn or not.</param>
/// <param name="Tallies">What was drawn of it and judged.</param>
public sealed record SeverityStratum(long Population, IReadOnlyList<SeverityTally> Tallies);

/// <summary>
/// The severity-weighted error Σ w·e / Σ w·n: as the share of errors, but one of a severe policy counts for several. The measure is
/// our own; its interval is that of a weighted sum of the severities' error rates (A. Martín Andrés, M. Álvarez Hernández and
/// I. Herranz Tejedor, Statistical Methods in Medical Research 20, 2011), with the mix of severities taken as the sample has it.
/// </summary>
public static class SeverityError
{
    /// <summary>Of a simple random sample; <see cref="Figure.None"/> where nothing was judged.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not above 0, or there are more errors than judgements or fewer than none.</exception>
    public static Figure Of(IReadOnlyCollection<SeverityTally> tallies)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        return Of(tallies.Select(tally => (tally, 1d, (double)tally.Judged)));
    }

    /// <summary>
    /// Of a stratified sample: each judgement counts for N/n decisions of its stratum. Strata without judgements have no part in it;
    /// <see cref="StratifiedEstimate.RepresentedShare"/> says how much that leaves out.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">As for a simple sample, or more was judged in a stratum than fell into it.</exception>
    public static Figure Of(IReadOnlyCollection<SeverityStratum> strata)
    {
        ArgumentNullException.ThrowIfNull(strata);
        return Of(strata.SelectMany(stratum =>
        {
            int judged = stratum.Tallies.Sum(tally => tally.Judged);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(judged, stratum.Population, nameof(strata));
            double stands = judged == 0 ? 0 : (double)stratum.Population / judged;
            return stratum.Tallies.Select(tally => (tally, stands, WeightedShare.Effective(tally.Judged, tally.Judged * stands)));
        }));
    }

    private static Figure Of(IEnumerable<(SeverityTally Tally, double Stands, double Count)> cells)
    {
        List<(double Weight, double Share, double Count)> parts = [];
        int judged = 0;
        foreach ((SeverityTally tally, double stands, double count) in cells)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tally.Weight);
            ArgumentOutOfRangeException.ThrowIfNegative(tally.Errors);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(tally.Errors, tally.Judged);
            if (tally.Judged > 0)
            {
                parts.Add((tally.Weight * stands * tally.Judged, (double)tally.Errors / tally.Judged, count));
                judged += tally.Judged;
            }
        }

        if (judged == 0)
        {
            return Figure.None;
        }

        double all = parts.Sum(part => part.Weight);
        WeightedShare[] shares = [.. parts.Select(part => new WeightedShare(part.Weight / all, part.Share, part.Count))];
        (double low, double high) = ScoreInterval.Of(shares);
        return new Figure(shares.Sum(share => share.Weight * share.Share), low, high, judged);
    }
}
