using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>Files that were made to hurt whoever opens them.</summary>
internal static class HostileMedia
{
    /// <summary>900 megapixels of nothing in about a megabyte.</summary>
    public static byte[] Bomb => Png(30_000, 30_000, bitsPerPixel: 8);

    /// <summary>What a good camera makes, 100 megapixels, of one colour.</summary>
    public static byte[] HundredMegapixels => Png(10_000, 10_000, bitsPerPixel: 24);

    /// <summary>The first half of a clip.</summary>
    public static byte[] TruncatedMp4 => File.ReadAllBytes(SampleMedia.Mp4) is var whole ? whole[..(whole.Length / 2)] : [];

    /// <summary>A picture to one reader, a page with a script to another.</summary>
    public static byte[] Polyglot =>
        [.. "GIF89a/*"u8, .. new byte[64], .. "*/=1;</script><script>alert(document.domain)</script><html><body onload=alert(1)>"u8];

    /// <summary>A moving picture of 10 000 frames.</summary>
    public static byte[] EndlessGif
    {
        get
        {
            using MemoryStream gif = new();
            gif.Write([.. "GIF89a"u8, 16, 0, 16, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF]);
            byte[] frame =
            [
                0x21, 0xF9, 4, 0, 2, 0, 0, 0,
                0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0,
            ];
            for (int i = 0; i < 10_000; i++)
            {
                gif.Write(frame);
            }

            gif.WriteByte(0x3B);
            return gif.ToArray();
        }
    }

    private static byte[] Png(int width, int height, int bitsPerPixel)
    {
        using MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(bitsPerPixel == 24 ? 2 : 0));
        Chunk(png, "IHDR", header);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] line = new byte[1 + (width * bitsPerPixel / 8)];
            for (int y = 0; y < height; y++)
            {
                zlib.Write(line);
            }
        }

        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        png.Write(number);
    }

    private static uint Crc(byte[] content)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in content)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
