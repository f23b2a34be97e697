namespace ModerationConsole.Core.Media;

/// <summary>What a file is, told from its bytes alone.</summary>
public enum MediaFormat
{
    Jpeg,
    Png,
    Gif,
    WebP,
    Bmp,
    Mp4,
    QuickTime,
    WebM,
    Mp3,
    Ogg,
    Wav,
    M4a,
}

/// <summary>What follows from a format.</summary>
public static class MediaFormats
{
    /// <summary>What a person meets; a GIF counts as an animation even when it holds one frame.</summary>
    public static MediaKind Kind(this MediaFormat format) => format switch
    {
        MediaFormat.Jpeg or MediaFormat.Png or MediaFormat.WebP or MediaFormat.Bmp => MediaKind.Image,
        MediaFormat.Gif => MediaKind.Animation,
        MediaFormat.Mp4 or MediaFormat.QuickTime or MediaFormat.WebM => MediaKind.Video,
        MediaFormat.Mp3 or MediaFormat.Ogg or MediaFormat.Wav or MediaFormat.M4a => MediaKind.Audio,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The type a file of this format is served as, whatever its source called it.</summary>
    public static string ContentType(this MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => "image/jpeg",
        MediaFormat.Png => "image/png",
        MediaFormat.Gif => "image/gif",
        MediaFormat.WebP => "image/webp",
        MediaFormat.Bmp => "image/bmp",
        MediaFormat.Mp4 => "video/mp4",
        MediaFormat.QuickTime => "video/quicktime",
        MediaFormat.WebM => "video/webm",
        MediaFormat.Mp3 => "audio/mpeg",
        MediaFormat.Ogg => "audio/ogg",
        MediaFormat.Wav => "audio/wav",
        MediaFormat.M4a => "audio/mp4",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
