namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>Gwet's AC1.</summary>
public static class GwetAc1
{
    /// <summary>
    /// Agreement of any number of raters that keeps its height where one category is nearly always chosen: K. L. Gwet, "Computing
    /// inter-rater reliability and its variance in the presence of high agreement", British Journal of Mathematical and Statistical
    /// Psychology 61 (2008); with ratings left out as in his Handbook of Inter-Rater Reliability (4th ed., 2014). Null where no unit
    /// has two ratings, and where all ratings are of one category: the formula gives 1 there whatever the raters can do.
    /// </summary>
    public static double? Of(RatingCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return ChanceCorrected.Of(counts, shares => shares.Sum(share => share * (1 - share)) / (shares.Count - 1));
    }
}
