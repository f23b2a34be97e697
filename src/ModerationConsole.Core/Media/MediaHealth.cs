using System.Collections.Concurrent;

namespace ModerationConsole.Core.Media;

/// <summary>How far the renderer is shut in.</summary>
public enum RendererConfinement
{
    /// <summary>Nothing was rendered yet.</summary>
    NotTried,

    /// <summary>In a sandbox, and within limits.</summary>
    Sandboxed,

    /// <summary>Within limits only: there is no bubblewrap, or the kernel refuses its namespaces here.</summary>
    LimitsOnly,

    /// <summary>Nothing is rendered: settings ask for a sandbox that cannot be had.</summary>
    Refused,
}

/// <summary>What a health page says of the renderer.</summary>
/// <param name="RendererPresent">Null until it was looked for.</param>
/// <param name="Failure">The last failure that no success followed, or null.</param>
/// <param name="FailedAt">When that was.</param>
public sealed record MediaHealthReport(bool? RendererPresent, RenderOutcome? Failure, DateTimeOffset? FailedAt)
{
    /// <summary>How far the renderer is shut in.</summary>
    public RendererConfinement Confinement { get; init; }

    /// <summary>Stored files that are encrypted and could not be read: they were changed, or their key is gone.</summary>
    public int Undecipherable { get; init; }

    /// <summary>Whether media gets placeholders instead of stills for a reason that someone can mend.</summary>
    public bool IsWarning => RendererPresent == false || Failure is not null || Confinement == RendererConfinement.Refused;
}

/// <summary>Remembers how the renderer fares in this process.</summary>
public sealed class MediaHealth(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Sha256, MediaStep Step), bool> _undecipherable = new();
    private volatile MediaHealthReport _report = new(null, null, null);

    /// <summary>The state as of the last rendition.</summary>
    public MediaHealthReport Report => _report with { Undecipherable = _undecipherable.Count };

    /// <summary>Notes whether the renderer was found, before it is needed.</summary>
    public void Found(bool present) => _report = _report with { RendererPresent = present };

    /// <summary>Notes a stored file that is encrypted and could not be read; once, however often it is asked for.</summary>
    public void CannotDecrypt(string sha256, MediaStep step) => _undecipherable[(sha256, step)] = true;

    /// <summary>Notes how far the renderer is shut in.</summary>
    public void Confined(RendererConfinement confinement) => _report = _report with { Confinement = confinement };

    /// <summary>Notes the end of a rendition. A file that cannot be read says nothing against the renderer.</summary>
    public void Record(RenderOutcome outcome) => _report = outcome switch
    {
        RenderOutcome.Rendered or RenderOutcome.Unreadable => After(true, null),
        RenderOutcome.RendererMissing => After(false, outcome),
        RenderOutcome.TimedOut or RenderOutcome.Failed => After(true, outcome),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private MediaHealthReport After(bool present, RenderOutcome? failure) => _report with
    {
        RendererPresent = present,
        Failure = failure,
        FailedAt = failure is null ? null : time.GetUtcNow(),
    };
}
