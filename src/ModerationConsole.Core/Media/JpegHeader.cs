using System.Buffers.Binary;

namespace ModerationConsole.Core.Media;

/// <summary>Reads the size of a JPEG without decoding it, to check what a renderer hands back.</summary>
internal static class JpegHeader
{
    private const byte Marker = 0xFF;
    private const byte StartOfScan = 0xDA;

    /// <summary>True for a whole-looking JPEG; sizes are in pixels.</summary>
    public static bool TryReadSize(ReadOnlySpan<byte> jpeg, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (!jpeg.StartsWith((ReadOnlySpan<byte>)[Marker, 0xD8, Marker])
            || !jpeg.EndsWith((ReadOnlySpan<byte>)[Marker, 0xD9]))
        {
            return false;
        }

        var at = 2;
        while (at + 9 <= jpeg.Length && jpeg[at] == Marker && jpeg[at + 1] != StartOfScan)
        {
            if (IsFrame(jpeg[at + 1]))
            {
                height = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 5)..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 7)..]);
                return width > 0 && height > 0;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return false;
    }

    // C0 to CF are frame headers, but for the tables DHT (C4), JPG (C8) and DAC (CC).
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
