using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Media;

/// <summary>One step as it was made. Its bytes are here when it is a still, else in the file that was handed in.</summary>
internal sealed record RenderedStep(
    MediaStep Step, MediaFormat Format, int? Width, int? Height, TimeSpan? Duration, ReadOnlyMemory<byte>? Still);

/// <summary>What became of steps 1 and 2; those that were made, even when not all could be.</summary>
internal sealed record LadderResult(RenderOutcome Outcome, RenderedStep? Grey = null, RenderedStep? Filtered = null)
{
    /// <summary>By what a picture is told to be like another; null where it was not asked for or could not be made.</summary>
    public PictureLikeness? Likeness { get; init; }
}

/// <summary>Makes steps 1 and 2 of the ladder with ffmpeg, in child processes that are not trusted.</summary>
internal sealed class LadderRenderer(RendererProgram program, MediaHealth health)
{
    private const int GreySide = 320;
    private const int WaveWidth = 320;
    private const int WaveHeight = 160;
    private const int ColourSide = 720;
    private const int MostGreyBytes = 512 * 1024;
    private const int MostColourBytes = 4 * 1024 * 1024;

    /// <summary>Makes both steps of a file whose format was sniffed. Throws only when cancelled or when the disk fails.</summary>
    /// <param name="target">An empty file that a clip or track is written to.</param>
    /// <param name="compared">Whether it may be told to be like other pictures.</param>
    public async Task<LadderResult> RenderAsync(
        RenderFile file, MediaFormat format, RenderFile target, bool compared, CancellationToken cancellationToken)
    {
        using var turn = await program.EnterAsync(cancellationToken).ConfigureAwait(false);
        var (trouble, facts) = await program.ProbeAsync(file, format, cancellationToken).ConfigureAwait(false);
        if (facts is null)
        {
            return Recorded(new LadderResult(trouble ?? RenderOutcome.Failed));
        }

        var showing = facts.Showing(format);
        var (greyEnd, grey) = await GreyAsync(file, format, facts, showing, cancellationToken).ConfigureAwait(false);
        if (grey is null)
        {
            return Recorded(new LadderResult(greyEnd));
        }

        var (end, filtered) = showing == MediaKind.Image
            ? await ColourAsync(file, format, cancellationToken).ConfigureAwait(false)
            : await EncodeAsync(file, format, showing, target, cancellationToken).ConfigureAwait(false);
        return Recorded(new LadderResult(end, grey, filtered)
        {
            Likeness = compared && showing == MediaKind.Image ? await LikenessAsync(file, format, cancellationToken).ConfigureAwait(false) : null,
        });
    }

    // A picture that cannot be compared is shown like any other.
    private async Task<PictureLikeness?> LikenessAsync(RenderFile file, MediaFormat format, CancellationToken cancellationToken)
    {
        var drawn = await program.DrawAsync(
            file, FfmpegArguments.Luminance(file.Path, format, Pdq.LargestSide), PortableGraymap.MostBytes(Pdq.LargestSide), cancellationToken).ConfigureAwait(false);
        return RendererProgram.Trouble(drawn) is null
            && PortableGraymap.TryRead(drawn.Output, Pdq.LargestSide, out var width, out var height, out var pixels)
            ? Pdq.Of(pixels, width, height)
            : null;
    }

    private LadderResult Recorded(LadderResult result)
    {
        health.Record(result.Outcome);
        return result;
    }

    private Task<(RenderOutcome End, RenderedStep? Step)> GreyAsync(
        RenderFile file, MediaFormat format, StreamFacts facts, MediaKind showing, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? arguments = showing switch
        {
            MediaKind.Image or MediaKind.Animation => FfmpegArguments.Picture(file.Path, format, GreySide, blurred: false),
            MediaKind.Video => FfmpegArguments.Storyboard(
                file.Path, format, Storyboard.For(facts.Duration, facts.Height > facts.Width), GreySide, blurred: false),
            MediaKind.Audio => FfmpegArguments.Waveform(file.Path, format, WaveWidth, WaveHeight),
            MediaKind.Unknown => null,
        };
        return arguments is null
            ? Task.FromResult((RenderOutcome.Unreadable, (RenderedStep?)null))
            : StillAsync(file, MediaStep.GreyStill, arguments, GreySide, MostGreyBytes, cancellationToken);
    }

    private Task<(RenderOutcome End, RenderedStep? Step)> ColourAsync(
        RenderFile file, MediaFormat format, CancellationToken cancellationToken) =>
        StillAsync(
            file, MediaStep.Filtered, FfmpegArguments.Colour(file.Path, format, ColourSide), ColourSide, MostColourBytes, cancellationToken);

    private async Task<(RenderOutcome End, RenderedStep? Step)> StillAsync(
        RenderFile file, MediaStep step, IReadOnlyList<string> arguments, int side, int mostBytes, CancellationToken cancellationToken)
    {
        var drawn = await program.DrawAsync(file, arguments, mostBytes, cancellationToken).ConfigureAwait(false);
        if (RendererProgram.Trouble(drawn) is { } trouble)
        {
            return (trouble, null);
        }

        if (drawn.Output.Length == 0)
        {
            return (RenderOutcome.Unreadable, null);
        }

        return JpegHeader.TryReadSize(drawn.Output, out var width, out var height) && width <= side && height <= side
            ? (RenderOutcome.Rendered, new RenderedStep(step, MediaFormat.Jpeg, width, height, null, drawn.Output))
            : (RenderOutcome.Failed, null);
    }

    private async Task<(RenderOutcome End, RenderedStep? Step)> EncodeAsync(
        RenderFile file, MediaFormat format, MediaKind showing, RenderFile target, CancellationToken cancellationToken)
    {
        var sound = showing == MediaKind.Audio;
        var codec = sound ? ClipCodec.None : await program.CodecAsync(cancellationToken).ConfigureAwait(false);
        if (!sound && codec == ClipCodec.None)
        {
            return (RenderOutcome.Failed, null);
        }

        var arguments = sound
            ? ClipArguments.Track(file.Path, format, target.Path)
            : ClipArguments.Clip(file.Path, format, codec, target.Path);
        var encoded = await program.EncodeAsync(file, target, arguments, cancellationToken).ConfigureAwait(false);
        return RendererProgram.Trouble(encoded) is { } trouble
            ? (trouble, null)
            : await CheckAsync(target, sound ? MediaFormat.M4a : ClipArguments.FormatOf(codec), sound, cancellationToken)
                .ConfigureAwait(false);
    }

    // What an untrusted program wrote is looked at like what a stranger sent: its type by its bytes, its streams by the probe.
    private async Task<(RenderOutcome End, RenderedStep? Step)> CheckAsync(
        RenderFile target, MediaFormat format, bool sound, CancellationToken cancellationToken)
    {
        if (await SniffAsync(target, cancellationToken).ConfigureAwait(false) != format)
        {
            return (RenderOutcome.Failed, null);
        }

        var (trouble, facts) = await program.ProbeAsync(target, format, cancellationToken).ConfigureAwait(false);
        if (facts is null)
        {
            return (trouble ?? RenderOutcome.Failed, null);
        }

        return facts.HasPicture != sound && facts.HasAudio == sound
            ? (RenderOutcome.Rendered, new RenderedStep(
                MediaStep.Filtered, format, sound ? null : facts.Width, sound ? null : facts.Height, facts.Duration, null))
            : (RenderOutcome.Failed, null);
    }

    private static async Task<MediaFormat?> SniffAsync(RenderFile target, CancellationToken cancellationToken)
    {
        var file = target.Open(FileAccess.Read);
        await using var _ = file.ConfigureAwait(false);
        var start = new byte[MediaSniffer.BytesNeeded];
        var count = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return MediaSniffer.Sniff(start.AsSpan(0, count));
    }
}
