using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

public sealed class FigureTests
{
    // Wilson's interval in per cent, worked from his formula.
    [Theory]
    [InlineData(19, 20, 76.4, 99.1)]
    [InlineData(48, 50, 86.5, 98.9)]
    [InlineData(95, 100, 88.8, 97.8)]
    [InlineData(190, 200, 91.0, 97.3)]
    [InlineData(380, 400, 92.4, 96.7)]
    [InlineData(50, 50, 92.9, 100)]
    public void Figure_OfAShare_HasWilsonsInterval(int hits, int n, double low, double high)
    {
        Figure figure = Figure.OfShare(hits, n);

        Assert.Equal((double)hits / n, figure.Value);
        Assert.Equal((low, high), (Math.Round(100 * figure.Low!.Value, 1), Math.Round(100 * figure.High!.Value, 1)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public void Figure_OfFew_SaysSo(int n, bool tooFew) => Assert.Equal((n, tooFew), (Figure.OfShare(n, n).N, Figure.OfShare(n, n).TooFew));

    [Fact]
    public void Figure_OfNothing_HasNoValue()
    {
        Assert.Equal(Figure.None, Figure.OfShare(0, 0));
        Assert.Equal((null, null, null), (Figure.None.Value, Figure.None.Low, Figure.None.High));
    }

    [Theory]
    [InlineData(95, 100, 60, 100, FigureComparison.Apart)]
    [InlineData(60, 100, 95, 100, FigureComparison.Apart)]
    [InlineData(95, 100, 90, 100, FigureComparison.NotShown)]
    [InlineData(49, 49, 0, 100, FigureComparison.TooFew)]
    [InlineData(0, 100, 49, 49, FigureComparison.TooFew)]
    public void Comparison_OfTwoPeople_GoesByTheirIntervals(int hits, int n, int otherHits, int otherN, FigureComparison expected) =>
        Assert.Equal(expected, Figure.OfShare(hits, n).ComparedWith(Figure.OfShare(otherHits, otherN)));
}
