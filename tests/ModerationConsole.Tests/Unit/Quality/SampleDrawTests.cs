using ModerationConsole.Core.Quality;

namespace ModerationConsole.Tests.Unit.Quality;

public sealed class SampleDrawTests
{
    // 0.1 % points of the chi-squared distribution with 99 degrees of freedom.
    private const double Unlikely = 148.23;

    private static readonly Guid s_salt = new("5b0e7d1c-2f34-4a56-9b78-c0ffee123456");

    // Made with another program from the rule as it is written: SHA-256 over both ids in network order, the first 53 bits.
    [Theory]
    [InlineData("0192f3a0-7c11-7abc-8def-0123456789ab", "5b0e7d1c-2f34-4a56-9b78-c0ffee123456", 0.07243993072469967)]
    [InlineData("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000", 0.40003172633476936)]
    public void Draw_OfTheSameIds_IsTheSameForEver(string decision, string salt, double draw) =>
        Assert.Equal(draw, SampleDraw.Of(new Guid(decision), new Guid(salt)));

    [Fact]
    public void Draws_OfManyDecisions_AreSpreadEvenly()
    {
        int[] bins = new int[100];
        foreach (Guid decision in Decisions())
        {
            double draw = SampleDraw.Of(decision, s_salt);
            Assert.InRange(draw, 0, 1 - double.Epsilon);
            bins[(int)(draw * 100)]++;
        }

        Assert.InRange(ChiSquared(bins), 0, Unlikely);
    }

    [Fact]
    public void Draws_UnderTwoSalts_HaveNothingToDoWithEachOther()
    {
        Guid other = new("5b0e7d1c-2f34-4a56-9b78-c0ffee123457");
        int[] cells = new int[100];
        foreach (Guid decision in Decisions())
        {
            cells[((int)(SampleDraw.Of(decision, s_salt) * 10) * 10) + (int)(SampleDraw.Of(decision, other) * 10)]++;
        }

        Assert.InRange(ChiSquared(cells), 0, Unlikely);
    }

    [Theory]
    [InlineData(0, .02, .10, DrawnBy.Random)]
    [InlineData(.0199, .02, .10, DrawnBy.Random)]
    [InlineData(.02, .02, .10, DrawnBy.Stratum)]
    [InlineData(.0999, .02, .10, DrawnBy.Stratum)]
    [InlineData(.10, .02, .10, DrawnBy.Nothing)]
    [InlineData(.05, .10, .02, DrawnBy.Random)]
    [InlineData(.02, .02, 0, DrawnBy.Nothing)]
    [InlineData(0, 0, 0, DrawnBy.Nothing)]
    [InlineData(.999999, 0, 1, DrawnBy.Stratum)]
    public void Decision_OfAStratum_IsDrawnAtTheGreaterRate(double draw, double randomShare, double stratumRate, DrawnBy expected) =>
        Assert.Equal(expected, SampleDraw.By(draw, randomShare, stratumRate));

    [Theory]
    [InlineData(-.1, .1)]
    [InlineData(.1, 1.1)]
    [InlineData(double.NaN, .1)]
    public void Rate_ThatIsNoShare_IsRefused(double randomShare, double stratumRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleDraw.By(.5, randomShare, stratumRate));

    // Ids as alike as ids made one after the other can be.
    private static IEnumerable<Guid> Decisions() => Enumerable.Range(0, 10_000).Select(number => new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0));

    private static double ChiSquared(int[] found)
    {
        double expected = found.Sum() / (double)found.Length;
        return found.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
