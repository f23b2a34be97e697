using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

public sealed class SeverityErrorTests
{
    [Fact]
    public void Error_WeightedBySeverity_CountsTheGraveOnesMore()
    {
        // By hand: (10·1 + 5·2 + 1·4)/(10·20 + 5·40 + 1·100) = 24/500, where 7 of 160 were wrong.
        Figure figure = SeverityError.Of([new SeverityTally(10, 20, 1), new(5, 40, 2), new(1, 100, 4)]);

        Assert.Equal(.048, figure.Value!.Value, 1e-12);
        Assert.Equal((160, false), (figure.N, figure.TooFew));
        Assert.True(figure.Low > 0 && figure.Low < .048 && figure.High > .048 && figure.High < .2);
    }

    [Fact]
    public void Error_OfStrata_CountsEachJudgementForWhatItStandsFor()
    {
        // Each of the first stands for 100 decisions, each of the second for 2:
        // (100·(1·2 + 10·0) + 2·(1·5 + 10·4)) / (100·(1·80 + 10·20) + 2·(1·60 + 10·40)) = 290/28920
        Figure figure = SeverityError.Of([new SeverityStratum(10_000, [new(1, 80, 2), new(10, 20, 0)]), new(200, [new(1, 60, 5), new(10, 40, 4)]), new(50, [])]);

        Assert.Equal(290d / 28_920, figure.Value!.Value, 1e-12);
        Assert.Equal(200, figure.N);
    }

    [Fact]
    public void Error_WithOneWeight_IsThePlainShare()
    {
        WilsonInterval wilson = WilsonInterval.Of(3, 60);

        Figure figure = SeverityError.Of([new SeverityTally(5, 60, 3)]);

        Assert.Equal(.05, figure.Value!.Value, 1e-12);
        Assert.Equal(wilson.Lower, figure.Low!.Value, 1e-9);
        Assert.Equal(wilson.Upper, figure.High!.Value, 1e-9);
    }

    [Fact]
    public void Error_OfEverythingThereIs_IsKnownExactly()
    {
        Figure figure = SeverityError.Of([new SeverityStratum(100, [new(1, 90, 9), new(10, 10, 1)])]);

        Assert.Equal((.1, .1, .1), (Math.Round(figure.Value!.Value, 12), Math.Round(figure.Low!.Value, 12), Math.Round(figure.High!.Value, 12)));
    }

    [Fact]
    public void Error_OfNothing_IsNoFigure() => Assert.Equal(Figure.None, SeverityError.Of([new SeverityTally(10, 0, 0)]));

    [Fact]
    public void Error_OfImpossibleTallies_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SeverityError.Of([new SeverityTally(0, 5, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeverityError.Of([new SeverityTally(1, 5, 6)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeverityError.Of([new SeverityStratum(4, [new(1, 5, 1)])]));
    }
}
