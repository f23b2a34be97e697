using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Tests.Unit.Decisions;

public sealed class ReporterRecordTests
{
    [Theory]
    [InlineData(0, 0, ReporterStanding.TooFew)]
    [InlineData(5, 5, ReporterStanding.TooFew)]
    [InlineData(0, 5, ReporterStanding.TooFew)]
    [InlineData(6, 6, ReporterStanding.Mixed)]
    [InlineData(9, 9, ReporterStanding.UsuallyRight)]
    [InlineData(41, 46, ReporterStanding.UsuallyRight)]
    [InlineData(12, 15, ReporterStanding.Mixed)]
    [InlineData(70, 100, ReporterStanding.Mixed)]
    [InlineData(3, 6, ReporterStanding.Mixed)]
    [InlineData(1, 6, ReporterStanding.OftenWrong)]
    [InlineData(0, 6, ReporterStanding.OftenWrong)]
    [InlineData(40, 100, ReporterStanding.OftenWrong)]
    public void Standing_OfCounts_NeedsTheWholeIntervalOnOneSide(int upheld, int judged, ReporterStanding expected)
    {
        Assert.Equal(expected, new ReporterRecord(upheld, judged).Standing);
    }

    // Table values of the score interval at 95 %.
    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void Wilson_OfCounts_IsTheScoreInterval(int hits, int count, double lower, double upper)
    {
        WilsonInterval interval = WilsonInterval.Of(hits, count);

        Assert.Equal(lower, interval.Lower, 0.0001);
        Assert.Equal(upper, interval.Upper, 0.0001);
    }

    [Fact]
    public void Wilson_OfImpossibleCounts_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(-1, 1));
    }
}
