using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Media;

/// <summary>Makes the lowest step of the ladder with ffmpeg, in child processes that are not trusted.</summary>
public sealed class FfmpegRenderer(IOptions<MediaOptions> options, MediaHealth health, TimeProvider time) : IDisposable
{
    private const int Side = 320;
    private const int WaveHeight = 80;
    private const int MostStillBytes = 512 * 1024;
    private const int MostProbeBytes = 256 * 1024;
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly BoundedProcess _process = new(time);

    /// <summary>Looks whether both programs are there, and tells the health page.</summary>
    public bool LookForRenderer()
    {
        var present = ProgramPath.Find(options.Value.FfmpegPath) is not null
            && ProgramPath.Find(options.Value.FfprobePath) is not null;
        health.Found(present);
        return present;
    }

    /// <summary>
    /// Makes the blurred grey still of a file whose format was sniffed. Waits for its turn: two at a time. Throws only
    /// when cancelled or when the disk fails.
    /// </summary>
    public async Task<RenderResult> RenderBlurredStillAsync(
        string path, MediaFormat format, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await ProbeAndDrawAsync(path, format, cancellationToken).ConfigureAwait(false);
            health.Record(result.Outcome);
            return result;
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<RenderResult> ProbeAndDrawAsync(
        string path, MediaFormat format, CancellationToken cancellationToken)
    {
        var nothing = new MediaShape();
        var probe = await RunAsync(
            options.Value.FfprobePath, FfmpegArguments.Probe(path, format), MostProbeBytes, cancellationToken)
            .ConfigureAwait(false);
        if (Trouble(probe) is { } trouble)
        {
            return new RenderResult(trouble, nothing);
        }

        if (StreamFacts.TryRead(probe.Output) is not { } facts)
        {
            return new RenderResult(RenderOutcome.Failed, nothing);
        }

        return await DrawAsync(path, format, facts, cancellationToken).ConfigureAwait(false);
    }

    // What calls itself a video may hold sound only; what holds neither is not media.
    private Task<RenderResult> DrawAsync(
        string path, MediaFormat format, StreamFacts facts, CancellationToken cancellationToken)
    {
        var kind = format.Kind();
        if (facts.HasPicture && kind == MediaKind.Video)
        {
            var shape = new MediaShape(facts.Width, facts.Height, facts.Duration);
            var board = Storyboard.For(facts.Duration, facts.Height > facts.Width);
            return DrawAsync(FfmpegArguments.Storyboard(path, format, board, Side), shape, board.Stills, cancellationToken);
        }

        if (facts.HasPicture && kind != MediaKind.Audio)
        {
            var shape = new MediaShape(facts.Width, facts.Height);
            return DrawAsync(FfmpegArguments.Picture(path, format, Side), shape, 1, cancellationToken);
        }

        if (facts.HasAudio)
        {
            var shape = new MediaShape(Duration: facts.Duration);
            return DrawAsync(FfmpegArguments.Waveform(path, format, Side, WaveHeight), shape, 1, cancellationToken);
        }

        return Task.FromResult(new RenderResult(RenderOutcome.Unreadable, new MediaShape()));
    }

    private async Task<RenderResult> DrawAsync(
        IReadOnlyList<string> arguments, MediaShape shape, int stills, CancellationToken cancellationToken)
    {
        var drawn = await RunAsync(options.Value.FfmpegPath, arguments, MostStillBytes, cancellationToken)
            .ConfigureAwait(false);
        if (Trouble(drawn) is { } trouble)
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

    private Task<ProcessResult> RunAsync(
        string program, IReadOnlyList<string> arguments, int mostBytes, CancellationToken cancellationToken)
    {
        var limits = new ProcessLimits(TimeSpan.FromSeconds(options.Value.RenderTimeoutSeconds), mostBytes);
        return _process.RunAsync(program, arguments, limits, cancellationToken);
    }

    private static RenderOutcome? Trouble(ProcessResult result) => result.End switch
    {
        ProcessEnd.Missing => RenderOutcome.RendererMissing,
        ProcessEnd.TimedOut => RenderOutcome.TimedOut,
        ProcessEnd.TooMuchOutput => RenderOutcome.Failed,
        ProcessEnd.Exited when result.Crashed => RenderOutcome.Failed,
        ProcessEnd.Exited => result.ExitCode == 0 ? null : RenderOutcome.Unreadable,
        _ => throw new InvalidOperationException("Unknown end of a process."),
    };
}
