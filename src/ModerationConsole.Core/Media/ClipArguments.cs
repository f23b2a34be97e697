using System.Globalization;

namespace ModerationConsole.Core.Media;

/// <summary>What a clip can be encoded as here.</summary>
internal enum ClipCodec
{
    /// <summary>No encoder that browsers can play is part of this ffmpeg.</summary>
    None,
    H264,
    Vp8,
}

/// <summary>The command lines that make step 2 of what moves or sounds.</summary>
internal static class ClipArguments
{
    /// <summary>Longest clip; of what is longer, its beginning.</summary>
    public static readonly TimeSpan LongestClip = TimeSpan.FromMinutes(10);

    /// <summary>Longest track; of what is longer, its beginning.</summary>
    public static readonly TimeSpan LongestTrack = TimeSpan.FromHours(1);

    /// <summary>Where an encoder stops; the file is whole all the same.</summary>
    public const long MostBytes = 32L << 20;

    private const int MostFramesPerSecond = 25;
    private const int LongSide = 640;
    private const int ShortSide = 360;

    public static MediaFormat FormatOf(ClipCodec codec) => codec == ClipCodec.Vp8 ? MediaFormat.WebM : MediaFormat.Mp4;

    /// <summary>Makes ffmpeg list its encoders.</summary>
    public static IReadOnlyList<string> ListEncoders { get; } = ["-v", "error", "-hide_banner", "-encoders"];

    /// <summary>The best codec that the list holds.</summary>
    public static ClipCodec BestOf(string encoders) =>
        encoders.Contains(" libx264 ", StringComparison.Ordinal) ? ClipCodec.H264
        : encoders.Contains(" libvpx ", StringComparison.Ordinal) ? ClipCodec.Vp8
        : ClipCodec.None;

    /// <summary>A muted clip of 360p at most.</summary>
    public static IReadOnlyList<string> Clip(string path, MediaFormat format, ClipCodec codec, string target) =>
    [
        "-y", .. FfmpegArguments.Decode(path, format), "-map", "0:v:0", "-an", .. Bounds(LongestClip),
        "-frames:v", Number((long)LongestClip.TotalSeconds * MostFramesPerSecond), "-fpsmax", Number(MostFramesPerSecond),
        "-vf", StillFilter.FitClip(LongSide, ShortSide), "-pix_fmt", "yuv420p", "-threads", "2",
        .. codec == ClipCodec.Vp8 ? Vp8 : H264, "file:" + target,
    ];

    /// <summary>The sound, mono and small.</summary>
    public static IReadOnlyList<string> Track(string path, MediaFormat format, string target) =>
    [
        "-y", .. FfmpegArguments.Decode(path, format), "-map", "0:a:0", "-vn", .. Bounds(LongestTrack),
        "-ac", "1", "-ar", "22050", "-c:a", "aac", "-b:a", "40k", "-movflags", "+faststart", "-f", "ipod", "file:" + target,
    ];

    // Nothing of the source goes along but the one stream that was asked for.
    private static string[] Bounds(TimeSpan longest) =>
    [
        "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-flags", "+bitexact", "-fflags", "+bitexact",
        "-t", Number((long)longest.TotalSeconds), "-fs", Number(MostBytes),
    ];

    private static string[] H264 =>
    [
        "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-crf", "27", "-maxrate", "900k", "-bufsize", "1800k",
        "-movflags", "+faststart", "-f", "mp4",
    ];

    private static string[] Vp8 =>
        ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "700k", "-crf", "20", "-f", "webm"];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
