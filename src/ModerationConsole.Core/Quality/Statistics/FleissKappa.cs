namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>Fleiss' kappa.</summary>
public static class FleissKappa
{
    /// <summary>
    /// Agreement of the same number of raters on every unit, not the same people: J. L. Fleiss, "Measuring nominal scale agreement among
    /// many raters", Psychological Bulletin 76 (1971). Null where there are no units, or all ratings are of one category.
    /// </summary>
    /// <exception cref="ArgumentException">Units have different numbers of ratings, or fewer than two: take <see cref="RatingCounts.With"/>
    /// or <see cref="KrippendorffAlpha"/>.</exception>
    public static double? Of(RatingCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Units > 0 && counts.RatingsEach is not >= 2)
        {
            throw new ArgumentException("Every unit must have the same number of ratings, two or more.", nameof(counts));
        }

        return ChanceCorrected.Of(counts, shares => shares.Sum(share => share * share));
    }
}
