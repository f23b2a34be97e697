using System.Buffers.Binary;

namespace ModerationConsole.Core.Media;

/// <summary>Tells what a file is by its first bytes; names and headers that came with it are not asked.</summary>
/// <remarks>Only formats on this list exist for the console: text, HTML, SVG, archives and all else are refused.</remarks>
public static class MediaSniffer
{
    /// <summary>How many first bytes decide; a shorter file is judged by all it has.</summary>
    public const int BytesNeeded = 4096;

    /// <summary>The format of a file that begins with these bytes, or null when it is none that is taken.</summary>
    public static MediaFormat? Sniff(ReadOnlySpan<byte> start) =>
        Image(start) ?? Riff(start) ?? IsoMedia.Sniff(start) ?? WebM(start) ?? Ogg(start) ?? Mp3(start);

    private static MediaFormat? Image(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return MediaFormat.Jpeg;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return MediaFormat.Png;
        }

        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8))
        {
            return MediaFormat.Gif;
        }

        return IsBmp(start) ? MediaFormat.Bmp : null;
    }

    // "BM" alone is how many a sentence begins; the reserved zeros and the header's known lengths are not.
    private static bool IsBmp(ReadOnlySpan<byte> start) =>
        start.Length >= 18 && start.StartsWith("BM"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(start[6..]) == 0
        && BinaryPrimitives.ReadUInt32LittleEndian(start[14..]) is 12 or 40 or 52 or 56 or 108 or 124;

    private static MediaFormat? Riff(ReadOnlySpan<byte> start)
    {
        if (start.Length < 12 || !start.StartsWith("RIFF"u8))
        {
            return null;
        }

        var form = start.Slice(8, 4);
        return form.SequenceEqual("WEBP"u8) ? MediaFormat.WebP
            : form.SequenceEqual("WAVE"u8) ? MediaFormat.Wav
            : null;
    }

    // Matroska's header names its document type in element 0x4282; only the WebM profile is taken.
    private static MediaFormat? WebM(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return null;
        }

        var header = start[..Math.Min(start.Length, 64)];
        var type = header.IndexOf((ReadOnlySpan<byte>)[0x42, 0x82, 0x84, (byte)'w', (byte)'e', (byte)'b', (byte)'m']);
        return type >= 0 ? MediaFormat.WebM : null;
    }

    private static MediaFormat? Ogg(ReadOnlySpan<byte> start)
    {
        const int SegmentCountAt = 26;
        if (start.Length <= SegmentCountAt || !start.StartsWith("OggS\0"u8))
        {
            return null;
        }

        var packet = start[Math.Min(start.Length, SegmentCountAt + 1 + start[SegmentCountAt])..];
        var isAudio = packet.StartsWith("OpusHead"u8) || packet.StartsWith("\u0001vorbis"u8)
            || packet.StartsWith("Speex   "u8) || packet.StartsWith("\u007FFLAC"u8);
        return isAudio ? MediaFormat.Ogg : null;
    }

    private static MediaFormat? Mp3(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 10 && start.StartsWith("ID3"u8))
        {
            var plausible = start[3] is >= 2 and <= 4 && start[4] != 0xFF
                && !start.Slice(6, 4).ContainsAnyInRange((byte)0x80, (byte)0xFF);
            return plausible ? MediaFormat.Mp3 : null;
        }

        // A bare stream has no signature: two frames in a row that agree are one.
        return Mp3Frame.TryReadLength(start, out var length)
            && length < start.Length
            && Mp3Frame.TryReadLength(start[length..], out _)
            ? MediaFormat.Mp3
            : null;
    }
}
