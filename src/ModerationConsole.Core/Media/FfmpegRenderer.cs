using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Media;

/// <summary>Makes the lowest step of the ladder with ffmpeg, in child processes that are not trusted.</summary>
public sealed class FfmpegRenderer(IOptions<MediaOptions> options, MediaHealth health, TimeProvider time) : IDisposable
{
    private const int Side = 320;
    private const int WaveHeight = 80;
    private const int MostStillBytes = 512 * 1024;

    /// <summary>What runs the programs, for the steps above too: they share the places.</summary>
    internal RendererProgram Program { get; } = new(options.Value, health, time);

    /// <summary>Looks whether both programs are there, and tells the health page.</summary>
    public bool LookForRenderer() => Program.Look();

    /// <summary>
    /// Makes the blurred grey still of a file whose format was sniffed. Waits for its turn: two at a time. Throws only
    /// when cancelled or when the disk fails.
    /// </summary>
    public Task<RenderResult> RenderBlurredStillAsync(
        string path, MediaFormat format, CancellationToken cancellationToken) =>
        RenderBlurredStillAsync(RenderFile.OnDisk(path), format, cancellationToken);

    /// <inheritdoc cref="RenderBlurredStillAsync(string, MediaFormat, CancellationToken)" />
    internal async Task<RenderResult> RenderBlurredStillAsync(
        RenderFile file, MediaFormat format, CancellationToken cancellationToken)
    {
        using var turn = await Program.EnterAsync(cancellationToken).ConfigureAwait(false);
        var (trouble, facts) = await Program.ProbeAsync(file, format, cancellationToken).ConfigureAwait(false);
        var result = facts is null
            ? new RenderResult(trouble ?? RenderOutcome.Failed, new MediaShape())
            : await DrawAsync(file, format, facts, cancellationToken).ConfigureAwait(false);
        health.Record(result.Outcome);
        return result;
    }

    public void Dispose() => Program.Dispose();

    private Task<RenderResult> DrawAsync(
        RenderFile file, MediaFormat format, StreamFacts facts, CancellationToken cancellationToken)
    {
        var path = file.Path;
        switch (facts.Showing(format))
        {
            case MediaKind.Video:
                var board = Storyboard.For(facts.Duration, facts.Height > facts.Width);
                return DrawAsync(
                    file,
                    FfmpegArguments.Storyboard(path, format, board, Side, blurred: true),
                    new MediaShape(facts.Width, facts.Height, facts.Duration),
                    board.Stills,
                    cancellationToken);
            case MediaKind.Image or MediaKind.Animation:
                var still = FfmpegArguments.Picture(path, format, Side, blurred: true);
                return DrawAsync(file, still, new MediaShape(facts.Width, facts.Height), 1, cancellationToken);
            case MediaKind.Audio:
                var wave = FfmpegArguments.Waveform(path, format, Side, WaveHeight);
                return DrawAsync(file, wave, new MediaShape(Duration: facts.Duration), 1, cancellationToken);
            default:
                return Task.FromResult(new RenderResult(RenderOutcome.Unreadable, new MediaShape()));
        }
    }

    private async Task<RenderResult> DrawAsync(
        RenderFile file, IReadOnlyList<string> arguments, MediaShape shape, int stills, CancellationToken cancellationToken)
    {
        var drawn = await Program.DrawAsync(file, arguments, MostStillBytes, cancellationToken).ConfigureAwait(false);
        if (RendererProgram.Trouble(drawn) is { } trouble)
        {
            return new RenderResult(trouble, shape);
        }

        // ffmpeg may end well and write nothing, when no frame could be decoded.
        if (drawn.Output.Length == 0)
        {
            return new RenderResult(RenderOutcome.Unreadable, shape);
        }

        return JpegHeader.TryReadSize(drawn.Output, out var width, out var height) && width <= Side && height <= Side
            ? new RenderResult(RenderOutcome.Rendered, shape, new Rendition(drawn.Output, width, height, stills))
            : new RenderResult(RenderOutcome.Failed, shape);
    }
}
