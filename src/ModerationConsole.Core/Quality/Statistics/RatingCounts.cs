namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>
/// Verdicts of several people about the same units, as counts: how many of a unit's ratings fell into each category. What all
/// measures of agreement but Cohen's are computed from; who gave which is not known.
/// </summary>
public sealed class RatingCounts
{
    private readonly int[] _counts;
    private readonly int[] _ratings;

    private RatingCounts(int categories, int[] counts)
    {
        Categories = categories;
        _counts = counts;
        _ratings = new int[counts.Length / categories];
        for (int unit = 0; unit < _ratings.Length; unit++)
        {
            foreach (int count in this[unit])
            {
                ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
                _ratings[unit] = checked(_ratings[unit] + count);
            }
        }
    }

    /// <summary>How many categories a rater could choose from, used or not.</summary>
    public int Categories { get; }

    /// <summary>How many units there are, those that nobody rated included.</summary>
    public int Units => _ratings.Length;

    /// <summary>How many units have two ratings or more: only these say anything of agreement.</summary>
    public int PairableUnits => _ratings.Count(ratings => ratings >= 2);

    /// <summary>How many ratings every unit has; null where units differ, or there are none.</summary>
    public int? RatingsEach => _ratings.Length > 0 && Array.TrueForAll(_ratings, ratings => ratings == _ratings[0]) ? _ratings[0] : null;

    /// <summary>The counts of a unit, by category.</summary>
    public ReadOnlySpan<int> this[int unit] => _counts.AsSpan(unit * Categories, Categories);

    /// <summary>Counts by unit and category.</summary>
    /// <param name="categories">How many categories there are to choose from; 1 or more.</param>
    /// <param name="units">For each unit, how many ratings fell into each of them.</param>
    /// <exception cref="ArgumentException">A unit has another number of categories.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is below nought, or there is no category.</exception>
    public static RatingCounts Of(int categories, IEnumerable<IReadOnlyList<int>> units)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(categories);
        ArgumentNullException.ThrowIfNull(units);
        List<int> counts = [];
        foreach (IReadOnlyList<int> unit in units)
        {
            counts.AddRange(unit.Count == categories ? unit : throw new ArgumentException($"A unit has {unit.Count} counts, not {categories}.", nameof(units)));
        }

        return new RatingCounts(categories, [.. counts]);
    }

    /// <summary>How many ratings a unit has.</summary>
    public int RatingsOf(int unit) => _ratings[unit];

    /// <summary>Only the units with so many ratings: what <see cref="FleissKappa"/> asks for.</summary>
    public RatingCounts With(int ratings) => new(
        Categories, [.. Enumerable.Range(0, Units).Where(unit => _ratings[unit] == ratings).SelectMany(unit => this[unit].ToArray())]);

    /// <summary>
    /// How much each category was chosen, from 0 to 1: the mean over rated units of its share of their ratings, so that a unit rated by
    /// many counts no more than others (the π of K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61, 2008).
    /// Null where nothing was rated. It belongs beside any measure of agreement: with one category nearly always chosen, the measures part.
    /// </summary>
    public IReadOnlyList<double>? Prevalence()
    {
        double[] shares = new double[Categories];
        int rated = 0;
        for (int unit = 0; unit < Units; unit++)
        {
            for (int category = 0; category < Categories && _ratings[unit] > 0; category++)
            {
                shares[category] += (double)this[unit][category] / _ratings[unit];
            }

            rated += _ratings[unit] > 0 ? 1 : 0;
        }

        return rated == 0 ? null : [.. shares.Select(share => share / rated)];
    }

    /// <summary>
    /// Raw agreement from 0 to 1: of two different raters of a unit drawn by chance, how often they agree; the mean over units with two
    /// ratings or more (the P̄ of J. L. Fleiss, Psychological Bulletin 76, 1971). Null where no unit has two.
    /// </summary>
    public double? ObservedAgreement()
    {
        double sum = 0;
        for (int unit = 0; unit < Units; unit++)
        {
            double ratings = _ratings[unit];
            foreach (int count in ratings < 2 ? [] : this[unit])
            {
                sum += count / ratings * ((count - 1) / (ratings - 1));
            }
        }

        return PairableUnits is var pairable && pairable == 0 ? null : sum / pairable;
    }
}
