namespace ModerationConsole.Core.Media;

/// <summary>Whether the renderer runs in a bubblewrap sandbox.</summary>
public enum SandboxUse
{
    /// <summary>Where it works; elsewhere within limits only, and the health page says so.</summary>
    Auto,

    /// <summary>Always: where it does not work nothing is rendered.</summary>
    Required,

    /// <summary>Never.</summary>
    Off,
}

/// <summary>Settings of section <c>Media</c>: where media may come from and what it may cost.</summary>
public sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>Exact <c>host:port</c> pairs that media may be fetched from; none means that nothing is fetched.</summary>
    public IList<string> AllowedHosts { get; init; } = [];

    /// <summary>Largest file taken, in bytes.</summary>
    public long MaxBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>Longest time that one fetch may take, redirects included, in seconds.</summary>
    public int FetchTimeoutSeconds { get; set; } = 20;

    /// <summary>Longest time that one rendition may take, in seconds.</summary>
    public int RenderTimeoutSeconds { get; set; } = 30;

    /// <summary>Longest time that making a clip or a track may take, in seconds.</summary>
    public int ClipTimeoutSeconds { get; set; } = 300;

    /// <summary>A file with the keys of child-safety media; empty means one that the console makes in its data directory.</summary>
    public string KeyFile { get; set; } = string.Empty;

    /// <summary>Whether the renderer runs in a sandbox.</summary>
    public SandboxUse Sandbox { get; set; }

    /// <summary>Name on the PATH, or full path, of ffmpeg.</summary>
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>Name on the PATH, or full path, of ffprobe.</summary>
    public string FfprobePath { get; set; } = "ffprobe";
}
