using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality.Statistics;

/// <summary>What two figures, of two people or two weeks, say about each other. It names no better one: there is no ranking.</summary>
public enum FigureComparison
{
    /// <summary>One of them rests on too few judgements.</summary>
    TooFew,

    /// <summary>The intervals overlap: no difference is shown, which does not prove that there is none.</summary>
    NotShown,

    /// <summary>The intervals lie apart.</summary>
    Apart,
}

/// <summary>A share as pages show it: never without its interval and the number of judgements behind it.</summary>
/// <param name="Value">From 0 to 1; null where nothing was judged.</param>
/// <param name="Low">Lower end of the 95 % interval; null where nothing was judged.</param>
/// <param name="High">Upper end of the 95 % interval; null where nothing was judged.</param>
/// <param name="N">How many judgements it rests on.</param>
public sealed record Figure(double? Value, double? Low, double? High, int N)
{
    /// <summary>Under so many judgements a figure about a person is no more than chance: a convention of the field, not a law.</summary>
    public const int Enough = 50;

    /// <summary>Of nothing.</summary>
    public static Figure None { get; } = new(null, null, null, 0);

    /// <summary>Whether it rests on fewer judgements than say anything.</summary>
    public bool TooFew => N < Enough;

    /// <summary>A plain share of a simple random sample, with its <see cref="WilsonInterval"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than none, or more hits than there are.</exception>
    public static Figure OfShare(int hits, int n)
    {
        WilsonInterval interval = WilsonInterval.Of(hits, n);
        return n == 0 ? None : new Figure((double)hits / n, interval.Lower, interval.Upper, n);
    }

    /// <summary>
    /// Whether the two intervals lie apart. Stricter than a test of the difference at 5 % would be, as N. Schenker and J. F.
    /// Gentleman show ("On judging the significance of differences by examining the overlap between confidence intervals", The
    /// American Statistician 55, 2001), which is wanted where many pairs of people are looked at.
    /// </summary>
    public FigureComparison ComparedWith(Figure other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return TooFew || other.TooFew ? FigureComparison.TooFew
            : Low > other.High || other.Low > High ? FigureComparison.Apart
            : FigureComparison.NotShown;
    }
}
