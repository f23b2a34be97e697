using System.Globalization;
using System.Text.Json;

namespace ModerationConsole.Core.Media;

/// <summary>What ffprobe says of a file, as far as the ladder needs it; sizes as shown, after turning.</summary>
internal sealed record StreamFacts(bool HasPicture, bool HasAudio, int Width, int Height, TimeSpan? Duration)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>Arguments that make ffprobe write what <see cref="TryRead"/> reads.</summary>
    public static readonly IReadOnlyList<string> Ask =
    [
        "-show_entries",
        "format=duration:stream=codec_type,width,height:stream_disposition=attached_pic:stream_side_data=rotation",
        "-of", "json=compact=1",
    ];

    /// <summary>What a person meets in it. What calls itself a video may hold sound only; what holds neither is not media.</summary>
    public MediaKind Showing(MediaFormat format) => format.Kind() switch
    {
        var kind when HasPicture && kind != MediaKind.Audio => kind,
        _ => HasAudio ? MediaKind.Audio : MediaKind.Unknown,
    };

    /// <summary>Null when the output is not what was asked for.</summary>
    public static StreamFacts? TryRead(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var streams = root.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToArray() : [];
            var video = streams.FirstOrDefault(stream => IsType(stream, "video") && !IsCoverPicture(stream));
            var (width, height) = video.ValueKind == JsonValueKind.Object ? Size(video) : (0, 0);
            return new StreamFacts(
                width > 0 && height > 0,
                streams.Any(stream => IsType(stream, "audio")),
                width,
                height,
                ReadDuration(root));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsType(JsonElement stream, string type) =>
        stream.TryGetProperty("codec_type", out var value) && value.ValueEquals(type);

    private static bool IsCoverPicture(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") == 1;

    private static (int Width, int Height) Size(JsonElement video)
    {
        var turned = video.TryGetProperty("side_data_list", out var list)
            && list.EnumerateArray().Any(data => Math.Abs(Number(data, "rotation") ?? 0) % 180 == 90);
        var (width, height) = (Number(video, "width") ?? 0, Number(video, "height") ?? 0);
        return turned ? (height, width) : (width, height);
    }

    private static TimeSpan? ReadDuration(JsonElement root)
    {
        var text = root.TryGetProperty("format", out var format) && format.TryGetProperty("duration", out var value)
            ? value.GetString()
            : null;
        var known = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0 && seconds < s_longest.TotalSeconds;
        return known ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;
}
