using System.Buffers.Binary;

namespace ModerationConsole.Core.Media;

/// <summary>Reads the <c>ftyp</c> box by which MP4, QuickTime, M4A and their relatives say what they are.</summary>
internal static class IsoMedia
{
    private const int BoxHeader = 8;

    public static MediaFormat? Sniff(ReadOnlySpan<byte> start)
    {
        if (start.Length < 16 || !start[4..].StartsWith("ftyp"u8))
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(start);
        if (size is < 16 or > MediaSniffer.BytesNeeded || size % 4 != 0)
        {
            return null;
        }

        var brands = start[BoxHeader..(int)Math.Min(size, start.Length)];
        var major = ByBrand(brands[..4]);
        // The box holds the major brand, a version, then the brands the file also follows.
        for (var at = 8; major is null && !IsStillPicture(brands[..4]) && at + 4 <= brands.Length; at += 4)
        {
            major = ByBrand(brands.Slice(at, 4));
        }

        return major;
    }

    private static MediaFormat? ByBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("qt  "u8))
        {
            return MediaFormat.QuickTime;
        }

        if (brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("M4B "u8))
        {
            return MediaFormat.M4a;
        }

        var isVideo = brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.StartsWith("avc"u8)
            || brand.StartsWith("3gp"u8) || brand.StartsWith("3g2"u8) || brand.StartsWith("M4V"u8)
            || brand.SequenceEqual("dash"u8) || brand.SequenceEqual("MSNV"u8);
        return isVideo ? MediaFormat.Mp4 : null;
    }

    // AVIF and HEIC list video brands beside their own, but the renderer cannot be relied on to read them.
    private static bool IsStillPicture(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("avi"u8) || brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8)
        || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("crx "u8);
}
