using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

public sealed class StratifiedEstimateTests
{
    [Fact]
    public void Estimate_OfTwoStrata_WeighsThemBySize()
    {
        // By hand: W = .9 and .1, p = .02 and .2; .9·.02 + .1·.2 = .038, not the average's 22/200 = .11.
        // Variance .81·.0196/100·(1 − 100/9000) + .01·.16/100·(1 − .1) = .000156996 + .0000144
        StratifiedEstimate estimate = StratifiedEstimate.Of([new(9_000, 100, 2), new(1_000, 100, 20)]);

        Assert.Equal(.038, estimate.Share!.Value, 1e-12);
        Assert.Equal(.000171396, estimate.Variance!.Value, 1e-9);
        Assert.Equal((200, 10_000L, 1d), (estimate.Sampled, estimate.Population, estimate.RepresentedShare));
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(3, 40)]
    [InlineData(95, 100)]
    [InlineData(50, 50)]
    public void Interval_OfOneStratumWithoutLimit_IsWilsons(int hits, int count)
    {
        WilsonInterval wilson = WilsonInterval.Of(hits, count);

        StratifiedEstimate estimate = StratifiedEstimate.Of([new(1_000_000_000_000, count, hits)]);

        Assert.Equal(wilson.Lower, estimate.Low!.Value, 1e-8);
        Assert.Equal(wilson.Upper, estimate.High!.Value, 1e-8);
    }

    [Fact]
    public void Interval_OfStrataThatAreOneInTruth_IsNearTheWhole()
    {
        WilsonInterval whole = WilsonInterval.Of(20, 400);

        StratifiedEstimate parts = StratifiedEstimate.Of([.. Enumerable.Repeat(new SampledStratum(1_000_000_000, 100, 5), 4)]);

        Assert.Equal(whole.Lower, parts.Low!.Value, 1e-6);
        Assert.Equal(whole.Upper, parts.High!.Value, 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Interval_WhereNoStratumHasBoth_StillHasAWidth(int hits)
    {
        StratifiedEstimate estimate = StratifiedEstimate.Of([new(900, 30, hits), new(100, 30, hits)]);

        Assert.Equal(0, estimate.Variance);
        Assert.InRange(estimate.High!.Value - estimate.Low!.Value, .05, .5);
        Assert.InRange(estimate.Share!.Value, estimate.Low!.Value, estimate.High!.Value);
    }

    [Fact]
    public void Interval_OfAStratumDrawnWhole_IsExact()
    {
        StratifiedEstimate whole = StratifiedEstimate.Of([new(200, 200, 14), new(100, 100, 1)]);
        StratifiedEstimate half = StratifiedEstimate.Of([new(200, 200, 14), new(200, 20, 0)]);

        Assert.Equal((.05, .05, .05), (Math.Round(whole.Share!.Value, 12), Math.Round(whole.Low!.Value, 12), Math.Round(whole.High!.Value, 12)));
        // The half that is known stays known: the share cannot be less than its own part.
        Assert.Equal(.035, half.Low!.Value, 1e-9);
        Assert.InRange(half.High!.Value, .04, .2);
    }

    [Fact]
    public void Strata_WithoutSamples_AreNotSpokenFor()
    {
        StratifiedEstimate estimate = StratifiedEstimate.Of([new(600, 60, 6), new(400, 0, 0)]);

        Assert.Equal((.1, .6, 600L), (estimate.Share, estimate.RepresentedShare, estimate.Represented));
        Assert.Equal(StratifiedEstimate.Of([new(600, 60, 6)]).High, estimate.High);
    }

    [Fact]
    public void Strata_WithoutAnySample_GiveNoFigure()
    {
        StratifiedEstimate unseen = StratifiedEstimate.Of([new(400, 0, 0)]);

        Assert.Equal(Figure.None, unseen.Figure);
        Assert.Equal((null, 0d, 400L), (unseen.Variance, unseen.RepresentedShare, unseen.Population));
        Assert.Equal((Figure.None, 0d), (StratifiedEstimate.Of([]).Figure, StratifiedEstimate.Of([]).RepresentedShare));
    }

    [Theory]
    [InlineData(10, 5, 6)]
    [InlineData(10, 11, 0)]
    [InlineData(10, 5, -1)]
    public void Stratum_WithImpossibleCounts_IsRefused(int population, int sampled, int hits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedEstimate.Of([new(population, sampled, hits)]));
}
