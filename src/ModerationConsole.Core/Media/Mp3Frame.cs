namespace ModerationConsole.Core.Media;

/// <summary>Reads the four-byte header of an MPEG audio layer III frame.</summary>
internal static class Mp3Frame
{
    private static readonly int[] s_kilobitsMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] s_kilobitsMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] s_hertz = [44100, 48000, 32000];

    /// <summary>The length of the frame in bytes, when these bytes begin one.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 4 || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0)
        {
            return false;
        }

        var version = (bytes[1] >> 3) & 3; // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5
        var layer = (bytes[1] >> 1) & 3; // 1 is layer III
        var bitrate = bytes[2] >> 4;
        var rate = (bytes[2] >> 2) & 3;
        if (version == 1 || layer != 1 || bitrate is 0 or 15 || rate == 3)
        {
            return false;
        }

        var padding = (bytes[2] >> 1) & 1;
        length = version == 3
            ? (144_000 * s_kilobitsMpeg1[bitrate] / s_hertz[rate]) + padding
            : (72_000 * s_kilobitsMpeg2[bitrate] / (s_hertz[rate] / (version == 2 ? 2 : 4))) + padding;
        return true;
    }
}
