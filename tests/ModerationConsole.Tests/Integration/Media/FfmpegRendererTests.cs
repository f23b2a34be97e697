using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>What the real ffmpeg makes of real files.</summary>
public sealed class FfmpegRendererTests : IDisposable
{
    private readonly MediaHealth _health = new(TimeProvider.System);
    private readonly FfmpegRenderer _renderer;

    public FfmpegRendererTests() => _renderer = new FfmpegRenderer(Options.Create(new MediaOptions()), _health, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _renderer.Dispose();

    public static TheoryData<string, MediaFormat, int, int> Pictures => new()
    {
        { nameof(SampleMedia.Jpeg), MediaFormat.Jpeg, 640, 400 },
        { nameof(SampleMedia.Png), MediaFormat.Png, 640, 400 },
        { nameof(SampleMedia.WebP), MediaFormat.WebP, 640, 400 },
        { nameof(SampleMedia.Bmp), MediaFormat.Bmp, 80, 50 },
        { nameof(SampleMedia.Gif), MediaFormat.Gif, 200, 120 },
        { nameof(SampleMedia.OnePixel), MediaFormat.Png, 1, 1 },
        { nameof(SampleMedia.Thread), MediaFormat.Png, 4000, 2 },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task Picture_OfAnyTakenFormat_BecomesASmallGreyStill(string sample, MediaFormat format, int width, int height)
    {
        string path = SampleMedia.Named(sample);
        RenderResult result = await _renderer.RenderBlurredStillAsync(path, format, Cancel);

        Rendition still = AssertGreyAndSmall(result, path);
        Assert.Equal(1, still.Stills);
        Assert.Equal(new MediaShape(width, height), result.Shape);
        Assert.False(_health.Report.IsWarning);
    }

    [Fact]
    public async Task Picture_Rendered_HasLostItsDetail()
    {
        RenderResult sharp = await _renderer.RenderBlurredStillAsync(SampleMedia.Jpeg, MediaFormat.Jpeg, Cancel);
        byte[] blurred = SampleMedia.Pixels(sharp.Rendition!.Jpeg.ToArray());
        byte[] original = SampleMedia.Pixels(await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel));

        // The test picture is full of hard edges; of none of them may more than a slope be left.
        Assert.InRange(LargestStep(original), 150, 255);
        Assert.InRange(LargestStep(blurred), 0, 20);
    }

    public static TheoryData<string, MediaFormat, int, int, int, double> Videos => new()
    {
        { nameof(SampleMedia.Mp4), MediaFormat.Mp4, 320, 180, 12, 6 },
        { nameof(SampleMedia.TallMp4), MediaFormat.Mp4, 180, 320, 12, 2 },
        { nameof(SampleMedia.LongMp4), MediaFormat.Mp4, 160, 90, 20, 70 },
        { nameof(SampleMedia.QuickTime), MediaFormat.QuickTime, 320, 180, 12, 6 },
        { nameof(SampleMedia.WebM), MediaFormat.WebM, 160, 90, 12, 2 },
    };

    [Theory]
    [MemberData(nameof(Videos))]
    public async Task Video_BecomesAStoryboardWithAStillInEveryPlace(
        string sample, MediaFormat format, int width, int height, int stills, double seconds)
    {
        string path = SampleMedia.Named(sample);
        RenderResult result = await _renderer.RenderBlurredStillAsync(path, format, Cancel);

        Rendition board = AssertGreyAndSmall(result, path);
        Assert.Equal(stills, board.Stills);
        Assert.Equal((width, height), (result.Shape.Width, result.Shape.Height));
        Assert.Equal(seconds, result.Shape.Duration!.Value.TotalSeconds, tolerance: 0.5);
        Storyboard tiles = Storyboard.For(result.Shape.Duration, height > width);
        Assert.All(CentresOf(board, tiles), centre => Assert.True(centre > 24, "a tile of the storyboard is black"));
    }

    public static TheoryData<string, MediaFormat, double> Sounds => new()
    {
        { nameof(SampleMedia.Mp3), MediaFormat.Mp3, 3 },
        { nameof(SampleMedia.Wav), MediaFormat.Wav, 1 },
        { nameof(SampleMedia.Ogg), MediaFormat.Ogg, 1 },
        { nameof(SampleMedia.M4a), MediaFormat.M4a, 1 },
        { nameof(SampleMedia.SoundOnlyMp4), MediaFormat.Mp4, 2 },
    };

    [Theory]
    [MemberData(nameof(Sounds))]
    public async Task Sound_BecomesAWaveform(string sample, MediaFormat format, double seconds)
    {
        string path = SampleMedia.Named(sample);
        RenderResult result = await _renderer.RenderBlurredStillAsync(path, format, Cancel);

        Rendition wave = AssertGreyAndSmall(result, path);
        Assert.Equal((320, 80, 1), (wave.Width, wave.Height, wave.Stills));
        Assert.Equal(seconds, result.Shape.Duration!.Value.TotalSeconds, tolerance: 0.2);
        Assert.Null(result.Shape.Width);
    }

    [Fact]
    public void Samples_AreSniffedAsTheyAreRendered()
    {
        IEnumerable<(string Sample, MediaFormat Format)> all = Pictures.Select(row => (row.Data.Item1, row.Data.Item2))
            .Concat(Videos.Select(row => (row.Data.Item1, row.Data.Item2)))
            .Concat(Sounds.Select(row => (row.Data.Item1, row.Data.Item2)));

        Assert.All(all, sample => Assert.Equal(sample.Format, Sniff(SampleMedia.Named(sample.Sample))));
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    public async Task Jpeg_CutShort_IsDrawnAsFarAsItGoesOrFoundUnreadable(double part)
    {
        byte[] whole = await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel);
        RenderResult result = await RenderAsync(whole[..(int)(whole.Length * part)], MediaFormat.Jpeg);

        Assert.True(result.Outcome is RenderOutcome.Rendered or RenderOutcome.Unreadable);
        Assert.False(_health.Report.IsWarning);
    }

    [Theory]
    [InlineData(MediaFormat.Jpeg)]
    [InlineData(MediaFormat.Gif)]
    [InlineData(MediaFormat.Mp4)]
    [InlineData(MediaFormat.Mp3)]
    public async Task Noise_CalledByAnyFormat_IsUnreadableAndNoWorryForTheRenderer(MediaFormat format)
    {
        byte[] noise = new byte[20_000];
        new Random(7).NextBytes(noise);
        RenderResult result = await RenderAsync(noise, format);

        Assert.Equal(RenderOutcome.Unreadable, result.Outcome);
        Assert.False(_health.Report.IsWarning);
    }

    [Fact]
    public async Task Mp4_CutShort_IsUnreadable()
    {
        byte[] whole = await File.ReadAllBytesAsync(SampleMedia.Mp4, Cancel);

        Assert.Equal(RenderOutcome.Unreadable, (await RenderAsync(whole[..(whole.Length / 2)], MediaFormat.Mp4)).Outcome);
    }

    // Each would have ffmpeg open the video beside it if ffmpeg chose the reader itself.
    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:6,\nfile:{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile {1}\n")]
    public async Task Script_PassedOffAsMedia_IsNotFollowed(string script)
    {
        string video = SampleMedia.Mp4;
        string content = string.Format(CultureInfo.InvariantCulture, script, video, Path.GetFileName(video));
        foreach (MediaFormat format in Enum.GetValues<MediaFormat>())
        {
            RenderResult result = await RenderAsync(Encoding.UTF8.GetBytes(content), format);
            Assert.Equal((RenderOutcome.Unreadable, null), (result.Outcome, result.Rendition));
        }
    }

    [Theory]
    [InlineData("-i.jpg")]
    [InlineData("http:%d photo.jpg")]
    [InlineData("a|b;c&d.jpg")]
    public async Task Path_ThatLooksLikeSomethingElse_IsReadAsAFile(string name)
    {
        string folder = Directory.CreateTempSubdirectory("media render %03d ").FullName;
        string path = Path.Combine(folder, name);
        File.Copy(SampleMedia.Jpeg, path);

        RenderResult result = await _renderer.RenderBlurredStillAsync(path, MediaFormat.Jpeg, Cancel);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(RenderOutcome.Rendered, result.Outcome);
    }

    private static Rendition AssertGreyAndSmall(RenderResult result, string original)
    {
        Assert.Equal(RenderOutcome.Rendered, result.Outcome);
        Rendition still = Assert.IsType<Rendition>(result.Rendition);
        byte[] jpeg = still.Jpeg.ToArray();
        byte[] pixels = SampleMedia.Pixels(jpeg);
        Assert.InRange(still.Width, 1, 320);
        Assert.InRange(still.Height, 1, 320);
        Assert.Equal(still.Width * still.Height * 3, pixels.Length);
        Assert.All(pixels.Chunk(3), pixel => Assert.True(pixel.Max() - pixel.Min() <= 1, "a pixel of the still has a colour"));
        AssertSharesNoRun(jpeg, File.ReadAllBytes(original));
        return still;
    }

    // JPEG's standard tables are in every JPEG; no run of compressed content may be.
    private static void AssertSharesNoRun(byte[] still, byte[] original)
    {
        const int Run = 12;
        int scan = still.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14;
        byte[] content = still[scan..^2];
        HashSet<string> runs = [];
        for (int at = 0; at + Run <= original.Length; at++)
        {
            runs.Add(Convert.ToHexString(original, at, Run));
        }

        IEnumerable<string> shared = Enumerable.Range(0, Math.Max(0, content.Length - Run))
            .Select(at => content.AsSpan(at, Run).ToArray())
            .Where(run => run.Distinct().Count() > 4) // flat areas compress to the same bytes everywhere
            .Select(Convert.ToHexString)
            .Where(runs.Contains);
        Assert.Empty(shared);
    }

    private static IEnumerable<int> CentresOf(Rendition board, Storyboard tiles)
    {
        byte[] pixels = SampleMedia.Pixels(board.Jpeg.ToArray());
        return
            from row in Enumerable.Range(0, tiles.Rows)
            from column in Enumerable.Range(0, tiles.Columns)
            let x = (board.Width / tiles.Columns * column) + (board.Width / tiles.Columns / 2)
            let y = (board.Height / tiles.Rows * row) + (board.Height / tiles.Rows / 2)
            select (int)pixels[((y * board.Width) + x) * 3];
    }

    private static int LargestStep(byte[] pixels) =>
        Enumerable.Range(0, (pixels.Length / 3) - 1)
            .Where(at => (at + 1) % 320 != 0)
            .Max(at => Math.Abs(pixels[at * 3] - pixels[(at + 1) * 3]));

    private static MediaFormat? Sniff(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[MediaSniffer.BytesNeeded];
        return MediaSniffer.Sniff(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }

    private async Task<RenderResult> RenderAsync(byte[] content, MediaFormat format)
    {
        string path = Path.Combine(Path.GetDirectoryName(SampleMedia.Mp4)!, Guid.NewGuid().ToString("N"));
        try
        {
            await File.WriteAllBytesAsync(path, content, Cancel);
            return await _renderer.RenderBlurredStillAsync(path, format, Cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
