using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>
/// How large a sample must be, and what one of a given size tells: for planning. The formulas rest on the normal approximation
/// (W. G. Cochran, Sampling Techniques, 3rd ed., 1977, sections 4.4 and 5.5); the interval of the figure itself comes from what is found.
/// </summary>
public static class SampleSize
{
    private const double Z2 = WilsonInterval.Z * WilsonInterval.Z;

    /// <summary>How many are wanted so that a share is known to within <paramref name="halfWidth"/> on both sides, with 95 % confidence.</summary>
    /// <param name="halfWidth">Above 0, below 1.</param>
    /// <param name="expected">The share that is expected, from 0 to 1; 0.5 asks for most.</param>
    /// <param name="population">How many there are to draw from; null where their number has no limit.</param>
    /// <returns>n₀ = z²·p(1 − p)/E², in a finite population n₀/(1 + (n₀ − 1)/N), rounded up; never more than there are, and at least 1 of any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside those bounds.</exception>
    public static long For(double halfWidth, double expected, long? population = null)
    {
        if (!(halfWidth > 0 && halfWidth < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(halfWidth), halfWidth, "It must lie between 0 and 1.");
        }

        Shares.ThrowIfNone(expected);
        double unlimited = Z2 * expected * (1 - expected) / (halfWidth * halfWidth);
        if (population is not { } size)
        {
            return Math.Max(1, (long)Math.Ceiling(unlimited));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(population));
        return size == 0 ? 0 : Math.Clamp((long)Math.Ceiling(unlimited / (1 + ((unlimited - 1) / size))), 1, size);
    }

    /// <summary>The half-width that a simple random sample buys: what <see cref="For"/> turned round gives.</summary>
    /// <param name="sampled">How many are drawn; 1 or more.</param>
    /// <param name="expected">The share that is expected, from 0 to 1.</param>
    /// <param name="population">How many there are to draw from; null where their number has no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside those bounds, or more are drawn than there are.</exception>
    public static double HalfWidth(long sampled, double expected, long? population = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampled);
        Shares.ThrowIfNone(expected);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampled, population ?? sampled);
        double count = population is { } size ? WeightedShare.Effective(sampled, size) : sampled;
        return WilsonInterval.Z * Math.Sqrt(expected * (1 - expected) / count);
    }

    /// <summary>
    /// The half-width that a stratified plan buys, √Σ W²·E² over the half-widths of its strata: what a preview shows before any is drawn.
    /// </summary>
    /// <param name="strata">Each with how many fall into it and how many of them will be drawn. Those of which none is drawn are left
    /// out of the figure, and of this.</param>
    /// <param name="expected">The share that is expected, from 0 to 1, the same in all.</param>
    /// <returns>Null where none is drawn.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside those bounds, or more are drawn than there are.</exception>
    public static double? HalfWidth(IReadOnlyCollection<(long Population, long Sampled)> strata, double expected)
    {
        ArgumentNullException.ThrowIfNull(strata);
        (long Population, long Sampled)[] drawn = [.. strata.Where(stratum => stratum.Sampled > 0)];
        double population = drawn.Sum(stratum => (double)stratum.Population);
        return drawn.Length == 0 ? null : Math.Sqrt(drawn.Sum(stratum =>
            Math.Pow(stratum.Population / population * HalfWidth(stratum.Sampled, expected, stratum.Population), 2)));
    }

    /// <summary>
    /// The highest share of errors that a sample without any still allows, with 95 % confidence: 1 − 0.05^(1/n), the exact binomial
    /// bound (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934; about 3/n, the "rule of three" of J. A. Hanley and
    /// A. Lippman-Hand, JAMA 249, 1983). One-sided: an interval's upper end lies a little higher.
    /// </summary>
    /// <param name="sampled">How many were judged, all of them right; of 0 nothing is known, and the bound is 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than none.</exception>
    public static double UpperBoundWithoutErrors(long sampled)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sampled);
        return sampled == 0 ? 1 : 1 - Math.Pow(0.05, 1d / sampled);
    }
}
