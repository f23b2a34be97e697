namespace ModerationConsole.Core.Media;

/// <summary>How making a rendition ended.</summary>
public enum RenderOutcome
{
    Rendered,

    /// <summary>ffmpeg or ffprobe is not installed.</summary>
    RendererMissing,

    /// <summary>Not ready within <see cref="MediaOptions.RenderTimeoutSeconds"/>.</summary>
    TimedOut,

    /// <summary>The renderer looked at the file and could make nothing of it.</summary>
    Unreadable,

    /// <summary>The renderer crashed, or what it wrote is no still of the ladder.</summary>
    Failed,
}

/// <summary>A still of the ladder: JPEG bytes, its size in pixels, and how many moments it tiles.</summary>
public sealed record Rendition(ReadOnlyMemory<byte> Jpeg, int Width, int Height, int Stills);

/// <summary>What the original measures, as far as it could be told: pixels as shown, and how long it plays.</summary>
public sealed record MediaShape(int? Width = null, int? Height = null, TimeSpan? Duration = null);

/// <summary>The end of a rendition: the still when there is one, and what was learnt of the original.</summary>
public sealed record RenderResult(RenderOutcome Outcome, MediaShape Shape, Rendition? Rendition = null);
