namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>What was found in one stratum of a sampling plan.</summary>
/// <param name="Population">How many decisions fell into it, drawn or not.</param>
/// <param name="Sampled">How many of them were drawn and judged.</param>
/// <param name="Hits">How many of those have what is counted.</param>
public sealed record SampledStratum(long Population, int Sampled, int Hits);

/// <summary>
/// A share of all decisions, estimated from a sample in which some strata were drawn at a higher rate than others: each stratum
/// counts by its size, not by how much of it was drawn. W. G. Cochran, Sampling Techniques (3rd ed., 1977), chapter 5.
/// </summary>
/// <remarks>
/// A decision belongs to the first stratum of its plan that it matches, else to the rest, and may be drawn by the random share over
/// everything or by the rate of its stratum. Both count in the cell of its stratum: within one, all are drawn at the same rate
/// (<see cref="SampleDraw"/>), so the cell is a simple random sample of it, and the cells put together by their sizes are unbiased.
/// Keeping the random part apart, or adding it a second time, would lose that.
/// </remarks>
/// <param name="Share">Σ W·p from 0 to 1, with W = N/ΣN over the strata that have samples; null without any.</param>
/// <param name="Variance">Σ W²·p(1 − p)/n·(1 − n/N); null without any samples. Nought says that no stratum had both kinds, not that the
/// share is known: the interval is made otherwise.</param>
/// <param name="Low">Lower end of the 95 % interval by the score test (A. Martín Andrés, M. Álvarez Hernández and I. Herranz Tejedor,
/// Statistical Methods in Medical Research 20, 2011; for one stratum Wilson's); null without samples.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="Sampled">How many were judged in all.</param>
/// <param name="Population">How many decisions there are in all strata.</param>
/// <param name="Represented">How many of them lie in strata with samples: the estimate speaks of these only.</param>
public sealed record StratifiedEstimate(double? Share, double? Variance, double? Low, double? High, int Sampled, long Population, long Represented)
{
    /// <summary>Which part of the population the estimate speaks of, from 0 to 1; 0 where there is none. Less than 1 belongs beside the figure.</summary>
    public double RepresentedShare => Population == 0 ? 0 : (double)Represented / Population;

    /// <summary>As pages show it.</summary>
    public Figure Figure => new(Share, Low, High, Sampled);

    /// <summary>The estimate over these strata.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A stratum has more hits than samples, more samples than decisions, or fewer than none.</exception>
    public static StratifiedEstimate Of(IReadOnlyCollection<SampledStratum> strata)
    {
        ArgumentNullException.ThrowIfNull(strata);
        foreach (SampledStratum stratum in strata)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(stratum.Hits, nameof(strata));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(stratum.Hits, stratum.Sampled, nameof(strata));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(stratum.Sampled, stratum.Population, nameof(strata));
        }

        SampledStratum[] seen = [.. strata.Where(stratum => stratum.Sampled > 0)];
        long population = strata.Sum(stratum => stratum.Population);
        long represented = seen.Sum(stratum => stratum.Population);
        if (seen.Length == 0)
        {
            return new StratifiedEstimate(null, null, null, null, 0, population, 0);
        }

        WeightedShare[] parts =
        [
            .. seen.Select(stratum => new WeightedShare(
                (double)stratum.Population / represented,
                (double)stratum.Hits / stratum.Sampled,
                WeightedShare.Effective(stratum.Sampled, stratum.Population))),
        ];
        (double low, double high) = ScoreInterval.Of(parts);
        double variance = seen.Zip(parts, (stratum, part) =>
            part.Weight * part.Weight * part.Share * (1 - part.Share) / stratum.Sampled * (1 - ((double)stratum.Sampled / stratum.Population))).Sum();
        return new StratifiedEstimate(
            parts.Sum(part => part.Weight * part.Share), variance, low, high, seen.Sum(stratum => stratum.Sampled), population, represented);
    }
}
