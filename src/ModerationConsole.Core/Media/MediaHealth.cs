namespace ModerationConsole.Core.Media;

/// <summary>What a health page says of the renderer.</summary>
/// <param name="RendererPresent">Null until it was looked for.</param>
/// <param name="Failure">The last failure that no success followed, or null.</param>
/// <param name="FailedAt">When that was.</param>
public sealed record MediaHealthReport(bool? RendererPresent, RenderOutcome? Failure, DateTimeOffset? FailedAt)
{
    /// <summary>Whether media gets placeholders instead of stills for a reason that someone can mend.</summary>
    public bool IsWarning => RendererPresent == false || Failure is not null;
}

/// <summary>Remembers how the renderer fares in this process.</summary>
public sealed class MediaHealth(TimeProvider time)
{
    private volatile MediaHealthReport _report = new(null, null, null);

    /// <summary>The state as of the last rendition.</summary>
    public MediaHealthReport Report => _report;

    /// <summary>Notes whether the renderer was found, before it is needed.</summary>
    public void Found(bool present) => _report = _report with { RendererPresent = present };

    /// <summary>Notes the end of a rendition. A file that cannot be read says nothing against the renderer.</summary>
    public void Record(RenderOutcome outcome) => _report = outcome switch
    {
        RenderOutcome.Rendered or RenderOutcome.Unreadable => new MediaHealthReport(true, null, null),
        RenderOutcome.RendererMissing => new MediaHealthReport(false, outcome, time.GetUtcNow()),
        RenderOutcome.TimedOut or RenderOutcome.Failed => new MediaHealthReport(true, outcome, time.GetUtcNow()),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
