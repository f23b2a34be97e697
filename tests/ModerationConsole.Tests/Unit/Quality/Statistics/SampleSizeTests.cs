using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

public sealed class SampleSizeTests
{
    // Worked from Cochran, Sampling Techniques, section 4.4: n₀ = z²p(1 − p)/E², n = n₀/(1 + (n₀ − 1)/N). The last three are the
    // sizes that tables for a 95 % confidence level give.
    [Theory]
    [InlineData(.05, .95, null, 73)]
    [InlineData(.05, .95, 200, 54)]
    [InlineData(.05, .95, 1_000, 69)]
    [InlineData(.03, .95, null, 203)]
    [InlineData(.03, .95, 1_000, 169)]
    [InlineData(.02, .95, null, 457)]
    [InlineData(.02, .95, 1_000, 314)]
    [InlineData(.05, .90, null, 139)]
    [InlineData(.03, .90, null, 385)]
    [InlineData(.02, .90, null, 865)]
    [InlineData(.05, .5, null, 385)]
    [InlineData(.03, .5, null, 1_068)]
    [InlineData(.02, .5, null, 2_401)]
    public void Size_ForAHalfWidth_IsCochrans(double halfWidth, double expected, int? population, int size)
    {
        Assert.Equal(size, SampleSize.For(halfWidth, expected, population));
        Assert.InRange(SampleSize.HalfWidth(size, expected, population), 0, halfWidth);
        Assert.True(SampleSize.HalfWidth(size - 1, expected, population) > halfWidth);
    }

    [Theory]
    [InlineData(60, .049)]
    [InlineData(100, .030)]
    [InlineData(150, .020)]
    [InlineData(300, .010)]
    public void Bound_WithoutErrors_IsTheExactBinomials(int sampled, double bound)
    {
        // No error among n is as likely as 5 % at the bound.
        Assert.Equal(bound, SampleSize.UpperBoundWithoutErrors(sampled), .0005);
        Assert.Equal(.05, Math.Pow(1 - SampleSize.UpperBoundWithoutErrors(sampled), sampled), 1e-12);
    }

    [Fact]
    public void Bound_OfNoSample_SaysNothing() => Assert.Equal(1, SampleSize.UpperBoundWithoutErrors(0));

    [Fact]
    public void Size_OfAPopulation_IsNeverMoreThanThereAre()
    {
        Assert.Equal((0, 1, 20), (SampleSize.For(.05, .95, 0), SampleSize.For(.05, .95, 1), SampleSize.For(.001, .5, 20)));
        Assert.Equal((1, 1), (SampleSize.For(.05, 0), SampleSize.For(.05, 1, 10)));
        Assert.Equal(0, SampleSize.HalfWidth(20, .5, 20));
    }

    [Fact]
    public void HalfWidth_OfAPlan_IsWhatItsStrataBuyTogether()
    {
        double one = SampleSize.HalfWidth(100, .95, 1_000);

        // Two halves of the same make √½ of the width of each.
        Assert.Equal(one / Math.Sqrt(2), SampleSize.HalfWidth([(1_000, 100), (1_000, 100)], .95)!.Value, 1e-12);
        Assert.Equal(one, SampleSize.HalfWidth([(1_000, 100), (500, 0)], .95)!.Value, 1e-12);
        Assert.Null(SampleSize.HalfWidth([(500, 0)], .95));
    }

    [Fact]
    public void Question_OutsideItsBounds_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.For(0, .95));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.For(double.NaN, .95));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.For(.05, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.HalfWidth(11, .95, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.UpperBoundWithoutErrors(-1));
    }
}
