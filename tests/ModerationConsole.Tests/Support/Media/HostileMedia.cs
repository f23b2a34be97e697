using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>Files made to do harm, or to cost more than they weigh.</summary>
public static class HostileMedia
{
    /// <summary>In the metadata of <see cref="MarkedJpeg"/>, <see cref="ProfiledJpeg"/> and <see cref="MarkedMp4"/>, and nowhere else.</summary>
    public const string Mark = "52.5163N 13.3777E owner Mallory";

    /// <summary>The path of one of these by its name.</summary>
    public static string Named(string name) => (string)typeof(HostileMedia).GetProperty(name)!.GetValue(null)!;

    /// <summary>A photo with a comment and what looks like position data.</summary>
    public static string MarkedJpeg => SampleMedia.Write("marked.jpg", () =>
    {
        byte[] photo = File.ReadAllBytes(SampleMedia.Jpeg);
        byte[] mark = Encoding.ASCII.GetBytes(Mark);
        byte[] length = [0, (byte)(mark.Length + 2)];
        return [.. photo[..2], 0xFF, 0xFE, .. length, .. mark, 0xFF, 0xE1, .. length, .. mark, .. photo[2..]];
    });

    /// <summary>A photo whose colour profile says whose it is.</summary>
    public static string ProfiledJpeg => SampleMedia.Write("profiled.jpg", () =>
    {
        byte[] photo = File.ReadAllBytes(SampleMedia.Jpeg);
        byte[] profile = [.. "ICC_PROFILE\0"u8, 1, 1, .. new byte[128], .. Encoding.ASCII.GetBytes(Mark)];
        byte[] length = [0, (byte)(profile.Length + 2)];
        return [.. photo[..2], 0xFF, 0xE2, .. length, .. profile, .. photo[2..]];
    });

    public static string MarkedMp4 => SampleMedia.Draw(
        "marked.mp4", "-i", SampleMedia.Mp4, "-c", "copy", "-metadata", "title=" + Mark, "-metadata", "comment=" + Mark);

    /// <summary>A hundred megapixels that are really there.</summary>
    public static string HundredMegapixels => SampleMedia.Draw(
        "huge.jpg", "-f", "lavfi", "-i", "testsrc2=s=10000x10000:d=1:r=1", "-frames:v", "1", "-q:v", "5");

    public static string TenThousandFrames => SampleMedia.Draw(
        "frames.gif", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=50:d=200", "-frames:v", "10000");

    /// <summary>A PNG of a few kilobytes that unfolds to 3,600 megapixels.</summary>
    public static string Bomb => SampleMedia.Write("bomb.png", () => Png(60_000, 60_000, rows: 100));

    /// <summary>A picture that is a script to whoever is talked into reading it as one.</summary>
    public static byte[] GifThatIsAScript =>
        [.. File.ReadAllBytes(SampleMedia.Gif), .. "*/=1;alert(document.domain)//<script>alert(1)</script>"u8];

    public static byte[] JpegThatIsAPage =>
        [.. File.ReadAllBytes(SampleMedia.Jpeg), .. "<html><body onload=alert(1)></body></html>"u8];

    /// <summary>A true PNG header over this many rows of black.</summary>
    private static byte[] Png(int width, int height, int rows)
    {
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        using MemoryStream packed = new();
        using (ZLibStream zip = new(packed, CompressionLevel.SmallestSize))
        {
            byte[] row = new byte[(width * 3) + 1];
            for (int at = 0; at < rows; at++)
            {
                zip.Write(row);
            }
        }

        return
        [
            0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] length = new byte[4];
        byte[] sum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        return [.. length, .. body, .. sum];
    }

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in data)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
