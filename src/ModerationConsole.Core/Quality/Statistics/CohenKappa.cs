namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>Cohen's kappa of two people, with what it is made of.</summary>
/// <param name="Observed">Share of units on which both said the same; null where they have no unit in common.</param>
/// <param name="Expected">What chance would give, were each to keep to how often they choose each category; null as above.</param>
/// <param name="Units">Units that both rated.</param>
public sealed record CohenKappa(double? Observed, double? Expected, int Units)
{
    /// <summary>(P_o − P_e)/(1 − P_e); null without common units, and where both chose one and the same category throughout.</summary>
    public double? Value => Expected < 1 ? (Observed - Expected) / (1 - Expected) : null;

    /// <summary>
    /// Of two raters by name, over the units that both rated: J. Cohen, "A coefficient of agreement for nominal scales", Educational and
    /// Psychological Measurement 20 (1960).
    /// </summary>
    /// <exception cref="ArgumentException">One of them is not among the raters.</exception>
    public static CohenKappa Of(RatingTable table, string first, string second)
    {
        ArgumentNullException.ThrowIfNull(table);
        IReadOnlyList<(int First, int Second)> pairs = table.Pairs(first, second);
        if (pairs.Count == 0)
        {
            return new CohenKappa(null, null, 0);
        }

        // In whole numbers as far as it goes: that chance would give full agreement must be seen exactly.
        long expected = Enumerable.Range(0, table.Categories).Sum(category => pairs.LongCount(pair => pair.First == category) * pairs.LongCount(pair => pair.Second == category));
        long squared = (long)pairs.Count * pairs.Count;
        return new CohenKappa((double)pairs.Count(pair => pair.First == pair.Second) / pairs.Count, expected == squared ? 1 : (double)expected / squared, pairs.Count);
    }
}
