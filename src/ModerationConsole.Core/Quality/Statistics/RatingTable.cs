namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>Who gave which verdict on which unit; a value is a category's index, null where that person did not rate that unit.</summary>
public sealed class RatingTable
{
    private readonly int?[][] _units;

    /// <param name="categories">How many categories there are to choose from; 1 or more.</param>
    /// <param name="raters">Names, each once.</param>
    /// <param name="units">For each unit one value a rater, in the raters' order.</param>
    /// <exception cref="ArgumentException">A name comes twice, or a unit has another number of values than there are raters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is no category's index, or there is no category.</exception>
    public RatingTable(int categories, IReadOnlyList<string> raters, IEnumerable<IReadOnlyList<int?>> units)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(categories);
        ArgumentNullException.ThrowIfNull(raters);
        ArgumentNullException.ThrowIfNull(units);
        if (raters.Distinct(StringComparer.Ordinal).Count() != raters.Count)
        {
            throw new ArgumentException("A rater is named twice.", nameof(raters));
        }

        Categories = categories;
        Raters = [.. raters];
        _units = [.. units.Select(unit => unit.Count == raters.Count ? unit.ToArray() : throw new ArgumentException($"A unit has {unit.Count} values, not {raters.Count}.", nameof(units)))];
        foreach (int value in _units.SelectMany(unit => unit).OfType<int>())
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(units));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, categories, nameof(units));
        }
    }

    /// <summary>How many categories a rater could choose from, used or not.</summary>
    public int Categories { get; }

    /// <summary>Names, in the order of the values.</summary>
    public IReadOnlyList<string> Raters { get; }

    /// <summary>The same without names.</summary>
    public RatingCounts Counts() => RatingCounts.Of(Categories, _units.Select(unit =>
    {
        int[] counts = new int[Categories];
        foreach (int value in unit.OfType<int>())
        {
            counts[value]++;
        }

        return counts;
    }));

    /// <summary>What two of them said of the units that both rated.</summary>
    /// <exception cref="ArgumentException">One of them is not among the raters.</exception>
    public IReadOnlyList<(int First, int Second)> Pairs(string first, string second)
    {
        (int one, int other) = (Place(first), Place(second));
        return [.. _units.Where(unit => unit[one] is not null && unit[other] is not null).Select(unit => (unit[one]!.Value, unit[other]!.Value))];
    }

    private int Place(string rater)
    {
        int place = Raters.ToList().IndexOf(rater);
        return place >= 0 ? place : throw new ArgumentException($"{rater} is not among the raters.", nameof(rater));
    }
}
