using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Tests.Unit.Media;

/// <summary>PDQ, by what its description promises and by hashes that its authors published.</summary>
public sealed class PdqTests
{
    private const int Side = 256;

    [Fact]
    public void Picture_MadeSmallerAndNoisier_StaysWithinAMatch()
    {
        PictureLikeness original = Pdq.Of(Scenery(Side, Side, seed: 1, noise: 0), Side, Side)!.Value;
        PictureLikeness copy = Pdq.Of(Scenery(Side / 2, Side / 2, seed: 1, noise: 12), Side / 2, Side / 2)!.Value;

        Assert.InRange(original.Quality, PictureHash.WorthlessQuality + 1, 100);
        Assert.InRange(original.Hash.Distance(copy.Hash), 0, PictureHash.MatchDistance);
    }

    [Fact]
    public void Pictures_OfDifferentScenes_AreFarApart()
    {
        PictureHash[] hashes = [.. Enumerable.Range(1, 12).Select(seed => Pdq.Of(Scenery(Side, Side, seed, noise: 0), Side, Side)!.Value.Hash)];

        int closest = (from one in hashes from other in hashes where one != other select one.Distance(other)).Min();
        Assert.True(closest > 2 * PictureHash.MatchDistance, $"Two scenes differ in {closest} bits only.");
    }

    [Fact]
    public void Hash_OfAPictureWithFeatures_HasHalfItsBitsSet()
    {
        PictureHash hash = Pdq.Of(Scenery(Side, Side, seed: 3, noise: 0), Side, Side)!.Value.Hash;

        Assert.Equal(128, hash.Distance(default));
    }

    [Fact]
    public void Picture_OfOneColour_IsWorthNothing()
    {
        PictureLikeness plain = Pdq.Of(Enumerable.Repeat((byte)200, Side * Side).ToArray(), Side, Side)!.Value;

        Assert.Equal(0, plain.Quality);
    }

    [Theory]
    [InlineData(4, 100)]
    [InlineData(100, 4)]
    public void Picture_TooSmallToSayAnything_HasNoHash(int width, int height)
    {
        Assert.Null(Pdq.Of(new byte[width * height], width, height));
    }

    [Fact]
    public void Hash_WrittenAndRead_IsTheSame()
    {
        const string published = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";

        Assert.True(PictureHash.TryParse(published, out PictureHash hash));
        Assert.Equal(published, hash.ToString());
        Assert.True(PictureHash.TryParse("f8f8f0cee0f4a84f06370a2a038f63f0b36e26d596621e1d33e6b39c4e9c9b22", out PictureHash blurred));
        Assert.Equal(2, hash.Distance(blurred));
        Assert.Equal((0x33e6b39c4e9c9b22UL, 0xf8f8f0cee0f4a84fUL), (hash.A, hash.D));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("f8f8")]
    [InlineData("g8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22")]
    public void Hash_WrittenOtherwise_IsNone(string? hex)
    {
        Assert.False(PictureHash.TryParse(hex, out _));
    }

    [Theory]
    [InlineData("P5\n2 2\n255\n", 4, true)]
    [InlineData("P5\n2 2\n255\n", 3, false)]
    [InlineData("P5\n2 2\n255\n", 5, false)]
    [InlineData("P5\n600 1\n255\n", 600, false)]
    [InlineData("P5\n2 2\n65535\n", 8, false)]
    [InlineData("P5\n99999999 2\n255\n", 4, false)]
    [InlineData("P5\n0 2\n255\n", 0, false)]
    [InlineData("P6\n2 2\n255\n", 4, false)]
    [InlineData("P5\n2", 0, false)]
    public void Greymap_IsReadOnlyWhereItIsWhatItSays(string head, int pixels, bool expected)
    {
        byte[] bytes = [.. System.Text.Encoding.ASCII.GetBytes(head), .. new byte[pixels]];

        Assert.Equal(expected, PortableGraymap.TryRead(bytes, 512, out _, out _, out _));
    }

    // A few soft hills of light, the same scene at every size.
    private static byte[] Scenery(int width, int height, int seed, int noise)
    {
        Random random = new(seed);
        (double X, double Y, double Size, double Light)[] hills =
            [.. Enumerable.Range(0, 24).Select(_ => (random.NextDouble(), random.NextDouble(), 0.02 + (random.NextDouble() * 0.12), (random.NextDouble() * 2) - 1))];
        Random grain = new(seed * 31);
        byte[] picture = new byte[width * height];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double light = hills.Sum(hill => hill.Light * Math.Exp(
                    -(Math.Pow(((column + 0.5) / width) - hill.X, 2) + Math.Pow(((row + 0.5) / height) - hill.Y, 2)) / (2 * hill.Size * hill.Size)));
                picture[(row * width) + column] = (byte)Math.Clamp(128 + (100 * light) + (noise == 0 ? 0 : grain.Next(-noise, noise + 1)), 0, 255);
            }
        }

        return picture;
    }
}
