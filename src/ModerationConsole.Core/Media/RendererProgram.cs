using System.Text;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Runs ffmpeg and ffprobe: a few at a time, within limits, and in a sandbox where a trial run has shown that it works.
/// </summary>
internal sealed class RendererProgram(MediaOptions options, MediaHealth health, TimeProvider time) : IDisposable
{
    private const int AtOnce = 2;
    private const int MostProbeBytes = 256 * 1024;

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly SemaphoreSlim _trial = new(1);
    private readonly BoundedProcess _process = new(time);
    private RendererConfinement _confinement;
    private ClipCodec? _codec;

    private TimeSpan Shortly => TimeSpan.FromSeconds(options.RenderTimeoutSeconds);

    /// <summary>Whether both programs are there, told to the health page too.</summary>
    public bool Look()
    {
        var present = ProgramPath.Find(options.FfmpegPath) is not null && ProgramPath.Find(options.FfprobePath) is not null;
        health.Found(present);
        return present;
    }

    /// <summary>Waits for its turn and holds it until disposed of.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_slots);
    }

    /// <summary>What a file holds, or why that cannot be told.</summary>
    public async Task<(RenderOutcome? Trouble, StreamFacts? Facts)> ProbeAsync(
        RenderFile input, MediaFormat format, CancellationToken cancellationToken)
    {
        var job = new ProcessJob(
            options.FfprobePath, FfmpegArguments.Probe(input.Path, format), new ProcessLimits(Shortly, MostProbeBytes))
        {
            Input = input,
        };
        var probe = await RunAsync(job, cancellationToken).ConfigureAwait(false);
        return Trouble(probe) is { } trouble ? (trouble, null)
            : StreamFacts.TryRead(probe.Output) is { } facts ? (null, facts)
            : (RenderOutcome.Failed, null);
    }

    /// <summary>Runs ffmpeg for a still that it writes to its standard output.</summary>
    public Task<ProcessResult> DrawAsync(
        RenderFile input, IReadOnlyList<string> arguments, int mostBytes, CancellationToken cancellationToken) =>
        RunAsync(
            new ProcessJob(options.FfmpegPath, arguments, new ProcessLimits(Shortly, mostBytes)) { Input = input },
            cancellationToken);

    /// <summary>Runs ffmpeg for a clip or track that it writes to a file.</summary>
    public Task<ProcessResult> EncodeAsync(
        RenderFile input, RenderFile output, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var limits = new ProcessLimits(TimeSpan.FromSeconds(options.ClipTimeoutSeconds), OutputBytes: 0)
        {
            FileBytes = 2 * ClipArguments.MostBytes,
        };
        return RunAsync(
            new ProcessJob(options.FfmpegPath, arguments, limits) { Input = input, Output = output }, cancellationToken);
    }

    /// <summary>What clips can be encoded as; asked once.</summary>
    public async Task<ClipCodec> CodecAsync(CancellationToken cancellationToken)
    {
        if (_codec is { } known)
        {
            return known;
        }

        var job = new ProcessJob(options.FfmpegPath, ClipArguments.ListEncoders, new ProcessLimits(Shortly, MostProbeBytes));
        var listed = await RunAsync(job, cancellationToken).ConfigureAwait(false);
        if (Trouble(listed) is not null)
        {
            return ClipCodec.None;
        }

        var codec = ClipArguments.BestOf(Encoding.UTF8.GetString(listed.Output));
        _codec = codec;
        return codec;
    }

    /// <summary>Null when the run ended well.</summary>
    public static RenderOutcome? Trouble(ProcessResult result) => result.End switch
    {
        ProcessEnd.Missing => RenderOutcome.RendererMissing,
        ProcessEnd.TimedOut => RenderOutcome.TimedOut,
        ProcessEnd.TooMuchOutput or ProcessEnd.TooMuchMemory => RenderOutcome.Failed,
        ProcessEnd.Exited when result.Crashed => RenderOutcome.Failed,
        ProcessEnd.Exited => result.ExitCode == 0 ? null : RenderOutcome.Unreadable,
    };

    public void Dispose()
    {
        _slots.Dispose();
        _trial.Dispose();
    }

    private async Task<ProcessResult> RunAsync(ProcessJob job, CancellationToken cancellationToken)
    {
        var confinement = await ConfinementAsync(cancellationToken).ConfigureAwait(false);
        return confinement == RendererConfinement.Refused
            ? new ProcessResult(ProcessEnd.Missing, 0, [])
            : await _process.RunAsync(job with { Sandboxed = confinement == RendererConfinement.Sandboxed }, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>How far renderers are shut in here; found out by a real run, once.</summary>
    public async Task<RendererConfinement> ConfinementAsync(CancellationToken cancellationToken)
    {
        await _trial.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_confinement == RendererConfinement.NotTried)
            {
                var works = options.Sandbox != SandboxUse.Off && await TryAsync(cancellationToken).ConfigureAwait(false);
                _confinement = works ? RendererConfinement.Sandboxed
                    : options.Sandbox == SandboxUse.Required ? RendererConfinement.Refused
                    : RendererConfinement.LimitsOnly;
                health.Confined(_confinement);
            }

            return _confinement;
        }
        finally
        {
            _trial.Release();
        }
    }

    // Inside many containers bubblewrap is there and the kernel refuses it: only trying tells.
    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        if (Sandbox.Program is null)
        {
            return false;
        }

        var job = new ProcessJob(options.FfmpegPath, ["-version"], new ProcessLimits(Shortly, MostProbeBytes)) { Sandboxed = true };
        var run = await _process.RunAsync(job, cancellationToken).ConfigureAwait(false);
        return Trouble(run) is null && run.Output.Length > 0;
    }

    private sealed class Turn(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
