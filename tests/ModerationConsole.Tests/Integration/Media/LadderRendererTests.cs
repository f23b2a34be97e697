using System.Text;
using System.Text.Json;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>What the real ffmpeg makes of real files for steps 1 and 2.</summary>
public sealed class LadderRendererTests : IDisposable
{
    private readonly RenderRoom _room = new();

    public void Dispose() => _room.Dispose();

    [Theory]
    [MemberData(nameof(FfmpegRendererTests.Pictures), MemberType = typeof(FfmpegRendererTests))]
    public async Task Picture_RaisedByOne_IsClearAndGrey(string sample, MediaFormat format, int width, int height)
    {
        LadderResult result = await _room.RaiseAsync(SampleMedia.Named(sample));

        Assert.Equal((RenderOutcome.Rendered, MediaStep.GreyStill), (result.Outcome, result.Grey!.Step));
        Assert.True(Math.Max(result.Grey.Width!.Value, result.Grey.Height!.Value) <= 320, $"{format} {width} {height}");
        AssertGrey(result.Grey.Still!.Value.ToArray());
    }

    [Fact]
    public async Task Picture_RaisedByOne_KeepsTheDetailThatStepZeroTakes()
    {
        LadderResult result = await _room.RaiseAsync(SampleMedia.Jpeg);
        byte[] pixels = SampleMedia.Pixels(result.Grey!.Still!.Value.ToArray());

        Assert.InRange(Enumerable.Range(1, 319).Max(at => Math.Abs(pixels[at * 3] - pixels[(at - 1) * 3])), 40, 255);
    }

    [Theory]
    [InlineData(nameof(SampleMedia.Jpeg), 640, 400)]
    [InlineData(nameof(SampleMedia.WebP), 640, 400)]
    [InlineData(nameof(SampleMedia.Thread), 720, 8)]
    [InlineData(nameof(SampleMedia.Bmp), 80, 50)]
    public async Task Picture_RaisedByTwo_IsAColourStillNoLargerThanItWas(string sample, int width, int height)
    {
        LadderResult result = await _room.RaiseAsync(SampleMedia.Named(sample));

        Assert.Equal((MediaFormat.Jpeg, width, height), (result.Filtered!.Format, result.Filtered.Width, result.Filtered.Height));
        Assert.Equal(MediaFormat.Jpeg, RenderRoom.Sniff(_room.Filtered));
        Assert.Contains(SampleMedia.Pixels(_room.Filtered).Chunk(3), pixel => pixel.Max() - pixel.Min() > 60);
    }

    [Theory]
    [InlineData(nameof(HostileMedia.MarkedJpeg))]
    [InlineData(nameof(HostileMedia.ProfiledJpeg))]
    public async Task Picture_WithPositionCommentOrProfile_LosesThem(string sample)
    {
        string path = HostileMedia.Named(sample);
        Assert.Contains(HostileMedia.Mark, Latin(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        LadderResult result = await _room.RaiseAsync(path);
        RenderResult lowest = await _room.Lowest.RenderBlurredStillAsync(path, MediaFormat.Jpeg, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Mallory", Latin(_room.Filtered), StringComparison.Ordinal);
        Assert.DoesNotContain("Mallory", Latin(result.Grey!.Still!.Value.ToArray()), StringComparison.Ordinal);
        Assert.DoesNotContain("Mallory", Latin(lowest.Rendition!.Jpeg.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(SampleMedia.Mp4), 320, 180, 6)]
    [InlineData(nameof(SampleMedia.TallMp4), 180, 320, 2)]
    [InlineData(nameof(SampleMedia.QuickTime), 320, 180, 6)]
    [InlineData(nameof(SampleMedia.WebM), 160, 90, 2)]
    [InlineData(nameof(SampleMedia.Gif), 200, 120, 2)]
    public async Task Moving_RaisedByTwo_IsAMutedClipThatBrowsersPlay(string sample, int width, int height, double seconds)
    {
        LadderResult result = await _room.RaiseAsync(SampleMedia.Named(sample));

        Assert.Equal((MediaFormat.Mp4, width, height), (result.Filtered!.Format, result.Filtered.Width, result.Filtered.Height));
        Assert.Equal(seconds, result.Filtered.Duration!.Value.TotalSeconds, tolerance: 0.5);
        Assert.Equal(MediaFormat.Mp4, RenderRoom.Sniff(_room.Filtered));
        JsonElement stream = Assert.Single((await _room.ProbeAsync(_room.Filtered)).GetProperty("streams").EnumerateArray());
        Assert.Equal(("h264", "yuv420p"), (stream.GetProperty("codec_name").GetString(), stream.GetProperty("pix_fmt").GetString()));
        Assert.True(Latin(_room.Filtered).IndexOf("moov", StringComparison.Ordinal) < Latin(_room.Filtered).IndexOf("mdat", StringComparison.Ordinal), "cannot begin before it is loaded");
    }

    [Fact]
    public async Task Video_WithATitle_LosesIt()
    {
        await _room.RaiseAsync(HostileMedia.MarkedMp4);

        Assert.NotEmpty(_room.Filtered);
        Assert.DoesNotContain("Mallory", Latin(_room.Filtered), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Video_RaisedByOne_HasTheGridOfItsStoryboard()
    {
        RenderResult lowest = await _room.Lowest.RenderBlurredStillAsync(SampleMedia.LongMp4, MediaFormat.Mp4, TestContext.Current.CancellationToken);
        LadderResult result = await _room.RaiseAsync(SampleMedia.LongMp4);

        Assert.Equal((lowest.Rendition!.Width, lowest.Rendition.Height), (result.Grey!.Width, result.Grey.Height));
        AssertGrey(result.Grey.Still!.Value.ToArray());
    }

    [Theory]
    [MemberData(nameof(FfmpegRendererTests.Sounds), MemberType = typeof(FfmpegRendererTests))]
    public async Task Sound_RaisedByTwo_IsASmallMonoTrack(string sample, MediaFormat format, double seconds)
    {
        LadderResult result = await _room.RaiseAsync(SampleMedia.Named(sample));

        Assert.True(result.Outcome == RenderOutcome.Rendered, format.ToString());
        Assert.Equal((320, 160), (result.Grey!.Width, result.Grey.Height));
        Assert.Equal((MediaFormat.M4a, null), (result.Filtered!.Format, result.Filtered.Width));
        Assert.Equal(seconds, result.Filtered.Duration!.Value.TotalSeconds, tolerance: 0.3);
        JsonElement stream = Assert.Single((await _room.ProbeAsync(_room.Filtered)).GetProperty("streams").EnumerateArray());
        Assert.Equal(("audio", 1), (stream.GetProperty("codec_type").GetString(), stream.GetProperty("channels").GetInt32()));
        Assert.InRange(_room.Filtered.Length, 1, 40_000);
    }

    [Fact]
    public async Task Encoder_WithoutH264_MakesWebMInstead()
    {
        using RenderRoom room = new(options => (options.FfmpegPath, options.Sandbox) = (Lacking("libx264"), SandboxUse.Off));
        LadderResult result = await room.RaiseAsync(SampleMedia.Mp4);

        Assert.Equal((RenderOutcome.Rendered, MediaFormat.WebM), (result.Outcome, result.Filtered!.Format));
        Assert.Equal(MediaFormat.WebM, RenderRoom.Sniff(room.Filtered));
    }

    [Fact]
    public async Task Encoder_WithoutAnyForBrowsers_LeavesStepOneStanding()
    {
        using RenderRoom room = new(options => (options.FfmpegPath, options.Sandbox) = (Lacking("libx264|libvpx"), SandboxUse.Off));
        LadderResult result = await room.RaiseAsync(SampleMedia.Mp4);

        Assert.Equal((RenderOutcome.Failed, true, null), (result.Outcome, result.Grey is not null, result.Filtered));
    }

    private static void AssertGrey(byte[] jpeg) =>
        Assert.All(SampleMedia.Pixels(jpeg).Chunk(3), pixel => Assert.True(pixel.Max() - pixel.Min() <= 1, "a pixel of the still has a colour"));

    private static string Latin(byte[] content) => Encoding.Latin1.GetString(content);

    private string Lacking(string encoders) =>
        Scripts.Write(_room.Folder, "ffmpeg", $"""case "$*" in *-encoders*) ffmpeg "$@" | grep -vE '{encoders}';; *) exec ffmpeg "$@";; esac""");
}
