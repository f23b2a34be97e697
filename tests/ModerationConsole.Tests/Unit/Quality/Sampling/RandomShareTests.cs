using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Tests.Unit.Quality.Sampling;

public sealed class RandomShareTests
{
    [Fact]
    public void Share_OfAPlanWithoutStrata_IsAll()
    {
        Assert.Equal(1, RandomShare.Of(0.05, [(200, 0)]));
        Assert.Null(RandomShare.Of(0.05, [(0, 0.5), (0, 0)]));
    }

    [Fact]
    public void Share_WithStrata_IsWhatRandomDrawsOfAllThatIsDrawn()
    {
        // 1 000 decisions at 4 % against 100 at 50 %, 900 at 4 %.
        Assert.Equal(40d / 86, RandomShare.Of(0.04, [(100, 0.5), (900, 0)])!.Value, 12);
    }

    [Theory]
    [InlineData(100, 0.5, 900)]
    [InlineData(700, 1, 300)]
    [InlineData(500, 0.02, 5_000)]
    [InlineData(150, 0.333, 0)]
    public void RateThatWouldDo_Does_AndAStepBelowItDoesNot(double inStratum, double rate, double rest)
    {
        (double, double)[] strata = [(inStratum, rate), (rest, 0)];
        double needed = RandomShare.Lacking(0.0005, strata)!.Value;

        Assert.Null(RandomShare.Lacking(needed, strata));
        Assert.NotNull(RandomShare.Lacking(needed - 0.001, strata));
        Assert.InRange(RandomShare.Of(needed, strata)!.Value, PlanRules.LeastRandomShare, 1);
    }

    [Fact]
    public void ShortPast_AsksForWhatDoesWithAnyMix()
    {
        (double, double)[] strata = [(0, 0.5), (99, 0.1), (0, 0)];

        Assert.Equal(0.15, RandomShare.Lacking(0.149, strata));
        Assert.Null(RandomShare.Lacking(0.15, strata));
        // With one decision more the past is believed: nothing of it is in the stratum of one half.
        Assert.Null(RandomShare.Lacking(0.03, [(0, 0.5), (100, 0.1), (0, 0)]));
    }
}
