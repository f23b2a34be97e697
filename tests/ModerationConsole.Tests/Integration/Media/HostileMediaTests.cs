using System.Text;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Files made to do harm, through every step that is made of them.</summary>
public sealed class HostileMediaTests : IDisposable
{
    private readonly RenderRoom _room = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task Bomb_OfAFewKilobytes_IsUnreadableAtEveryStep()
    {
        string bomb = HostileMedia.Bomb;
        RenderResult lowest = await _room.Lowest.RenderBlurredStillAsync(bomb, MediaFormat.Png, Cancel);
        LadderResult ladder = await _room.RaiseAsync(bomb);

        Assert.InRange(new FileInfo(bomb).Length, 1, 100_000);
        Assert.Equal((RenderOutcome.Unreadable, null), (lowest.Outcome, lowest.Rendition));
        Assert.Equal((RenderOutcome.Unreadable, null, null), (ladder.Outcome, ladder.Grey, ladder.Filtered));
    }

    [Fact]
    public async Task Picture_OfAHundredMegapixels_IsDrawnWithinTheLimits()
    {
        RenderResult lowest = await _room.Lowest.RenderBlurredStillAsync(HostileMedia.HundredMegapixels, MediaFormat.Jpeg, Cancel);
        LadderResult ladder = await _room.RaiseAsync(HostileMedia.HundredMegapixels);

        Assert.Equal((RenderOutcome.Rendered, 10_000), (lowest.Outcome, lowest.Shape.Width));
        Assert.Equal((RenderOutcome.Rendered, 320, 720), (ladder.Outcome, ladder.Grey!.Width, ladder.Filtered!.Width));
    }

    [Fact]
    public async Task Gif_OfTenThousandFrames_BecomesAClipOfLittleWeight()
    {
        RenderResult lowest = await _room.Lowest.RenderBlurredStillAsync(HostileMedia.TenThousandFrames, MediaFormat.Gif, Cancel);
        LadderResult ladder = await _room.RaiseAsync(HostileMedia.TenThousandFrames);

        Assert.Equal((RenderOutcome.Rendered, RenderOutcome.Rendered), (lowest.Outcome, ladder.Outcome));
        Assert.InRange(ladder.Filtered!.Duration!.Value, TimeSpan.FromSeconds(1), ClipArguments.LongestClip);
        Assert.InRange(_room.Filtered.Length, 1, ClipArguments.MostBytes);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task Mp4_CutShort_IsUnreadableAtEveryStepAndNoWorryForTheRenderer(double part)
    {
        byte[] whole = await File.ReadAllBytesAsync(SampleMedia.Mp4, Cancel);
        LadderResult ladder = await _room.RaiseAsync(whole[..(int)(whole.Length * part)]);

        Assert.Equal((RenderOutcome.Unreadable, null, null), (ladder.Outcome, ladder.Grey, ladder.Filtered));
        Assert.False(_room.Health.Report.IsWarning);
    }

    [Fact]
    public async Task Picture_ThatIsAScriptToo_LosesItOnEveryStepAndIsServedAsAPicture()
    {
        foreach (byte[] file in new[] { HostileMedia.GifThatIsAScript, HostileMedia.JpegThatIsAPage })
        {
            LadderResult ladder = await _room.RaiseAsync(file);

            Assert.Equal(RenderOutcome.Rendered, ladder.Outcome);
            Assert.DoesNotContain("alert", Encoding.Latin1.GetString(_room.Filtered), StringComparison.Ordinal);
            Assert.DoesNotContain("alert", Encoding.Latin1.GetString(ladder.Grey!.Still!.Value.Span), StringComparison.Ordinal);
            Assert.StartsWith("image/", RenderRoom.Sniff(file)!.Value.ContentType(), StringComparison.Ordinal);
        }
    }
}
