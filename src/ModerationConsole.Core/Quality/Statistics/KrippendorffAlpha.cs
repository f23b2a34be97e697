namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>
/// Agreement of any number of raters, each of whom may have left out units: 1 is full agreement, 0 what chance would give, below 0
/// worse than chance. K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania, 2011), after
/// A. F. Hayes and K. Krippendorff, Communication Methods and Measures 1 (2007). Null where it is not defined: no unit has two
/// ratings, or all of those are of one category, which leaves nothing to agree about.
/// </summary>
public static class KrippendorffAlpha
{
    /// <summary>For categories without order: any two differ alike.</summary>
    public static double? Nominal(RatingCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return Of(Coincidences(counts), (_, _, _) => 1);
    }

    /// <summary>For categories in the order of their index: two differ the more, the more ratings lie between them.</summary>
    public static double? Ordinal(RatingCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return Of(Coincidences(counts), (totals, low, high) =>
            Math.Pow(totals[low..(high + 1)].Sum() - ((totals[low] + totals[high]) / 2), 2));
    }

    // Each pair of ratings of a unit counts 1/(m − 1), so that a unit with m ratings counts m.
    private static double[,] Coincidences(RatingCounts counts)
    {
        double[,] pairs = new double[counts.Categories, counts.Categories];
        for (int unit = 0; unit < counts.Units; unit++)
        {
            ReadOnlySpan<int> found = counts[unit];
            int ratings = counts.RatingsOf(unit);
            for (int one = 0; one < found.Length && ratings >= 2; one++)
            {
                // Most categories of most units are empty.
                for (int other = 0; other < found.Length && found[one] > 0; other++)
                {
                    pairs[one, other] += (double)found[one] * (found[other] - (one == other ? 1 : 0)) / (ratings - 1);
                }
            }
        }

        return pairs;
    }

    // α = 1 − D_o/D_e; both sums run over pairs of different categories, for the others do not differ.
    private static double? Of(double[,] pairs, Func<double[], int, int, double> difference)
    {
        int categories = pairs.GetLength(0);
        double[] totals = [.. Enumerable.Range(0, categories).Select(one => Enumerable.Range(0, categories).Sum(other => pairs[one, other]))];
        (double observed, double expected) = (0, 0);
        for (int low = 0; low < categories; low++)
        {
            for (int high = low + 1; high < categories; high++)
            {
                double apart = difference(totals, low, high);
                observed += pairs[low, high] * apart;
                expected += totals[low] * totals[high] * apart;
            }
        }

        return expected > 0 ? 1 - ((totals.Sum() - 1) * observed / expected) : null;
    }
}
