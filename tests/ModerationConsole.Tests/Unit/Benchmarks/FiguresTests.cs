using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Measure;

namespace ModerationConsole.Tests.Unit.Benchmarks;

public sealed class FiguresTests
{
    [Fact]
    public void Percentile_OfAHundredTimes_IsTheOneThatAllButOneStayUnder()
    {
        double[] times = [.. Enumerable.Range(1, 100).Reverse().Select(time => (double)time)];

        Assert.Equal((50, 99, 100), (Figures.Percentile(times, 0.50), Figures.Percentile(times, 0.99), Figures.Percentile(times, 1)));
    }

    [Fact]
    public void Percentile_OfFewTimes_IsTheSlowest() => Assert.Equal(7, Figures.Percentile([3, 7, 5], 0.99));

    [Theory]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 4, 1, 2, 9 }, 3)]
    [InlineData(new double[0], 0)]
    public void Median_OddEvenOrNone_IsTheMiddle(double[] values, double expected) => Assert.Equal(expected, Figures.Median(values));

    [Fact]
    public void Ratios_AreTakenRoundByRound_AndTheWorstIsWorstForTheFirstSide()
    {
        // The disk was ten times as fast in the second round: neither side's own median says how they compare.
        Ratio rates = Ratio.OfRates([100, 900, 110], [50, 600, 100])!;
        Ratio times = Ratio.OfTimes([10, 1, 12], [20, 4, 10])!;

        Assert.Equal([2, 1.5, 1.1], rates.Rounds);
        Assert.Equal((1.5, 1.1), (rates.Median, rates.Worst));
        Assert.Equal((0.5, 1.2), (times.Median, times.Worst));
    }

    [Fact]
    public void Ratios_OfRoundsInWhichTheOtherSideGaveNothing_LeaveThemOut()
    {
        Assert.Equal([3], Ratio.OfRates([30, 30], [0, 10])!.Rounds);
        Assert.Null(Ratio.OfRates([30], [0]));
    }

    [Fact]
    public void Tally_WithARoundThatThePeerFailed_ComparesOnlyWhatHasTwoSides()
    {
        DeskTally tally = new(16);
        tally.Add(new DeskRound(300, 1, 4, 1, 5), new DeskRound(100, 2, 8, 2, 10), 1_000);
        tally.Add(new DeskRound(900, 1, 2, 1, 3), null, 3_000);

        DeskResult result = tally.Result(DeskOptions.Read("desk", []), "peer", duplicates: 0);

        Assert.Equal((600, 3, 2), (result.CyclesPerSecond, result.ClaimP99Ms, result.Rounds));
        Assert.Equal([3], result.CyclesRatio!.Rounds);
        Assert.Equal([0.5], result.ClaimP99Ratio!.Rounds);
        Assert.Equal([0.3, 0.3], result.FloorRatio!.Rounds);
    }

    [Fact]
    public void Tally_WithoutAPeer_NamesNothingBeside()
    {
        DeskTally tally = new(64);
        tally.Add(new DeskRound(300, 1, 4, 1, 5), null, 1_000);

        DeskResult result = tally.Result(DeskOptions.Read("desk", []), "peer", duplicates: 0);

        Assert.Equal((64, null, null), (result.Moderators, result.Beside, result.CyclesRatio));
    }
}
