using System.Buffers.Binary;
using System.Text;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class MediaSnifferTests
{
    public static TheoryData<string, MediaFormat> KnownStarts => new()
    {
        { "FFD8FFE000104A464946", MediaFormat.Jpeg },
        { "89504E470D0A1A0A0000000D", MediaFormat.Png },
        { Hex("GIF87a"), MediaFormat.Gif },
        { Hex("GIF89a"), MediaFormat.Gif },
        { Hex("RIFF") + "10000000" + Hex("WEBPVP8 "), MediaFormat.WebP },
        { Hex("RIFF") + "10000000" + Hex("WAVEfmt "), MediaFormat.Wav },
        { Hex("BM") + "460000000000000036000000" + "28000000", MediaFormat.Bmp },
        { Brands("isom", "mp41"), MediaFormat.Mp4 },
        { Brands("mp42"), MediaFormat.Mp4 },
        { Brands("XAVC", "mp42"), MediaFormat.Mp4 },
        { Brands("qt  "), MediaFormat.QuickTime },
        { Brands("M4A ", "mp42", "isom"), MediaFormat.M4a },
        { "1A45DFA39F4286810142F7810142F2810442F381084282847765626D", MediaFormat.WebM },
        { Hex("ID3") + "0400000000002300000000", MediaFormat.Mp3 },
        { Hex("OggS") + "0002" + new string('0', 40) + "0113" + Hex("OpusHead"), MediaFormat.Ogg },
        { Hex("OggS") + "0002" + new string('0', 40) + "011E" + "01" + Hex("vorbis"), MediaFormat.Ogg },
    };

    [Theory]
    [MemberData(nameof(KnownStarts))]
    public void File_BeginningLikeAKnownFormat_IsThatFormat(string hex, MediaFormat format) =>
        Assert.Equal(format, MediaSniffer.Sniff(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("")]
    [InlineData("plain text that someone named .jpg")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("\n\n <html>")]
    [InlineData("BM is how this sentence begins, and it goes on")]
    [InlineData("ID3 is how this sentence begins")]
    [InlineData("RIFF and some words after it")]
    [InlineData("OggS and some words after it, enough of them to fill a page header")]
    [InlineData("%PDF-1.7")]
    [InlineData("#EXTM3U\n#EXTINF:1,\nhttp://10.0.0.1/")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("GIF88a")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd")]
    public void Text_OfAnyKind_IsNoMedia(string text) => Assert.Null(MediaSniffer.Sniff(Encoding.UTF8.GetBytes(text)));

    public static TheoryData<string> RefusedStarts =>
    [
        Brands("avif", "mif1", "mp42"), // pictures that borrow a video's box
        Brands("heic", "mif1", "iso8"),
        Brands("mif1", "heic", "isom"),
        Brands("what"),
        "1A45DFA3A34286810142F7810142F2810442F381084282886D6174726F736B61", // Matroska that is not WebM
        "49492A0008000000", // TIFF
        "0000000C6A5020200D0A870A", // JPEG 2000
        Hex("FLV") + "0105",
        "FFFE680069000000", // UTF-16 text
        "FFFB9064" + new string('0', 100), // one MP3 frame header and nothing after it
        Hex("OggS") + "0002" + new string('0', 40) + "012A" + "80" + Hex("theora"),
        "7F454C46",
    ];

    [Theory]
    [MemberData(nameof(RefusedStarts))]
    public void Bytes_OfAFormatThatIsNotTaken_AreNoMedia(string hex) =>
        Assert.Null(MediaSniffer.Sniff(Convert.FromHexString(hex)));

    [Fact]
    public void Mp3_WithoutTag_IsKnownByTwoFramesInARow()
    {
        byte[] stream = new byte[1000];
        byte[] header = [0xFF, 0xFB, 0x90, 0x64]; // MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame
        header.CopyTo(stream, 0);
        header.CopyTo(stream, 417);

        Assert.Equal(MediaFormat.Mp3, MediaSniffer.Sniff(stream));
    }

    [Fact]
    public void AnyStart_CutShort_NeverThrows()
    {
        foreach (string hex in KnownStarts.Select(row => row.Data.Item1).Concat(RefusedStarts.Select(row => row.Data)))
        {
            byte[] bytes = Convert.FromHexString(hex);
            Assert.All(Enumerable.Range(0, bytes.Length), length => MediaSniffer.Sniff(bytes.AsSpan(0, length)));
        }
    }

    private static string Hex(string ascii) => Convert.ToHexString(Encoding.ASCII.GetBytes(ascii));

    private static string Brands(string major, params string[] compatible)
    {
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 16 + (4 * compatible.Length));
        return Convert.ToHexString(size) + Hex("ftyp" + major) + "00000200" + string.Concat(compatible.Select(Hex));
    }
}
