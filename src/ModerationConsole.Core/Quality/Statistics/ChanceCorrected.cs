namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>Agreement beyond what chance would give, from counts: (P_o − P_e)/(1 − P_e).</summary>
internal static class ChanceCorrected
{
    /// <param name="chance">P_e from how much each category was chosen.</param>
    /// <returns>Null where no unit has two ratings, or all ratings are of one category.</returns>
    public static double? Of(RatingCounts counts, Func<IReadOnlyList<double>, double> chance)
    {
        if (counts.ObservedAgreement() is not { } observed || counts.Prevalence() is not { } shares || shares.Count(share => share > 0) < 2)
        {
            return null;
        }

        double expected = chance(shares);
        return (observed - expected) / (1 - expected);
    }
}
