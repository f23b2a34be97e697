namespace ModerationConsole.Core.Media.Likeness;

/// <summary>
/// The binary greymap (PGM, "P5") in which a renderer hands out luminance: its head says how large the picture became. It was
/// written by a program that is not trusted, so nothing in it is taken on its word.
/// </summary>
internal static class PortableGraymap
{
    /// <summary>More than a head and a picture of <paramref name="side"/> squared.</summary>
    public static int MostBytes(int side) => (side * side) + 64;

    /// <summary>Reads the size and where the pixels begin; false when it is no greymap of at most <paramref name="side"/> each way.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int side, out int width, out int height, out ReadOnlySpan<byte> pixels)
    {
        width = height = 0;
        pixels = default;
        if (!bytes.StartsWith("P5\n"u8))
        {
            return false;
        }

        int at = 3;
        if (!TryNumber(bytes, ref at, out width) || !TryNumber(bytes, ref at, out height) || !TryNumber(bytes, ref at, out int white)
            || white != byte.MaxValue || width < 1 || height < 1 || width > side || height > side || bytes.Length - at != width * height)
        {
            return false;
        }

        pixels = bytes[at..];
        return true;
    }

    // Digits and the one white space after them.
    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int at, out int number)
    {
        number = 0;
        int start = at;
        while (at < bytes.Length && at - start < 6 && bytes[at] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + (bytes[at++] - '0');
        }

        return at > start && at < bytes.Length && bytes[at++] is (byte)' ' or (byte)'\n';
    }
}
