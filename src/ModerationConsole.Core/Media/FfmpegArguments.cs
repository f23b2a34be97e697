using System.Globalization;

namespace ModerationConsole.Core.Media;

/// <summary>The command lines of ffmpeg and ffprobe, one argument an entry; no shell reads them.</summary>
internal static class FfmpegArguments
{
    // A hundred megapixels and what the decoder rounds their sides up by.
    private const int MostPixels = 110_000_000;
    private const int FramesToChooseFrom = 30;

    public static IReadOnlyList<string> Probe(string path, MediaFormat format) =>
        ["-v", "error", .. Input(path, format), .. StreamFacts.Ask];

    /// <summary>A grey still of a picture; of an animation, the most typical of its first frames.</summary>
    public static IReadOnlyList<string> Picture(string path, MediaFormat format, int side, bool blurred)
    {
        var filter = blurred ? StillFilter.FitAndBlur(side, side) : StillFilter.FitGrey(side, side);
        var choose = format == MediaFormat.Gif
            ? string.Create(CultureInfo.InvariantCulture, $",thumbnail=n={FramesToChooseFrom}")
            : string.Empty;
        return [.. Decode(path, format), "-map", "0:v:0", "-vf", filter + choose, .. Jpeg];
    }

    /// <summary>A picture in its colours, no larger than it was sent.</summary>
    public static IReadOnlyList<string> Colour(string path, MediaFormat format, int side) =>
        [.. Decode(path, format), "-map", "0:v:0", "-vf", StillFilter.FitColour(side), .. Jpeg];

    /// <summary>A picture's luminance, brought to a square of this side when it is larger either way, as a greymap.</summary>
    public static IReadOnlyList<string> Luminance(string path, MediaFormat format, int side)
    {
        var larger = string.Create(CultureInfo.InvariantCulture, $"gt(max(iw,ih),{side})");
        var filter = string.Create(
            CultureInfo.InvariantCulture, $"scale=w='if({larger},{side},iw)':h='if({larger},{side},ih)':flags=area,format=gray");
        return [.. Decode(path, format), "-map", "0:v:0", "-vf", filter, "-frames:v", "1", "-c:v", "pgm", "-f", "image2pipe", "pipe:1"];
    }

    public static IReadOnlyList<string> Storyboard(
        string path, MediaFormat format, Storyboard board, int side, bool blurred) =>
    [
        .. board.KeyFramesOnly ? ["-skip_frame", "nokey"] : Array.Empty<string>(),
        .. Decode(path, format), "-map", "0:v:0", "-vf", board.Filter(side, blurred), .. Jpeg,
    ];

    public static IReadOnlyList<string> Waveform(string path, MediaFormat format, int width, int height)
    {
        var wave = string.Create(
            CultureInfo.InvariantCulture,
            $"[0:a:0]aformat=channel_layouts=mono,showwavespic=s={width}x{height}:colors=white,format=gray[wave]");
        return [.. Decode(path, format), "-filter_complex", wave, "-map", "[wave]", .. Jpeg];
    }

    /// <summary>The equal parts of a JPEG of ours, row by row, so many in each direction.</summary>
    public static IReadOnlyList<string> Tiles(string path, int across)
    {
        // Sides that divide evenly, and tiles of whole blocks of colour.
        var filter = string.Create(
            CultureInfo.InvariantCulture, $"scale=w='max({8 * across},{2 * across}*floor(iw/{2 * across}))':h='max({8 * across},{2 * across}*floor(ih/{2 * across}))',setsar=1,{StillFilter.Bare},untile={across}x{across}");
        return [.. Decode(path, MediaFormat.Jpeg), "-map", "0:v:0", "-vf", filter, .. Jpegs(across * across)];
    }

    /// <summary>What comes before the outputs of every run that decodes.</summary>
    public static IReadOnlyList<string> Decode(string path, MediaFormat format) =>
    [
        "-v", "error", "-nostdin", "-hide_banner",
        "-threads", "2", "-filter_threads", "1", "-filter_complex_threads", "1",
        "-max_pixels", MostPixels.ToString(CultureInfo.InvariantCulture),
        .. Input(path, format),
    ];

    // The demuxer is the one that was sniffed, and the path is said to be a file: neither content nor a name can
    // pick another reader, follow a playlist or open a connection.
    private static IReadOnlyList<string> Input(string path, MediaFormat format) =>
        ["-protocol_whitelist", "file,pipe", "-f", Demuxer(format), "-i", "file:" + path];

    private static IReadOnlyList<string> Jpeg => Jpegs(1);

    private static IReadOnlyList<string> Jpegs(int count) =>
    [
        "-frames:v", count.ToString(CultureInfo.InvariantCulture), "-map_metadata", "-1", "-flags", "+bitexact", "-fflags", "+bitexact",
        "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "5", "-f", "image2pipe", "pipe:1",
    ];

    private static string Demuxer(MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => "jpeg_pipe",
        MediaFormat.Png => "png_pipe",
        MediaFormat.Gif => "gif",
        MediaFormat.WebP => "webp_pipe",
        MediaFormat.Bmp => "bmp_pipe",
        MediaFormat.Mp4 or MediaFormat.QuickTime or MediaFormat.M4a => "mov",
        MediaFormat.WebM => "matroska",
        MediaFormat.Mp3 => "mp3",
        MediaFormat.Ogg => "ogg",
        MediaFormat.Wav => "wav",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
