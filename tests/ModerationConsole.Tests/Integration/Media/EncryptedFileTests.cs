using System.Security.Cryptography;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Encrypted files on a disk: read back whole and in parts, and refused once they are not what was written.</summary>
public sealed class EncryptedFileTests : IDisposable
{
    private const int Chunk = 64 * 1024;
    private const int Header = 64;
    private const int Sealed = Chunk + 16;
    private const string Binding = "some file";

    private readonly string _folder = Directory.CreateTempSubdirectory("encrypted-").FullName;
    private readonly MediaKey _key = MediaKey.Random();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData(200_001)]
    public async Task Content_OfAnyLength_ReadsBack(int length)
    {
        byte[] content = RandomNumberGenerator.GetBytes(length);
        string path = await EncryptAsync(content);
        await using DecryptingStream stream = Open(path);

        Assert.Equal(length, stream.Length);
        Assert.Equal(content, await ReadAsync(stream));
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Cancel));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(Chunk - 5, 10)]
    [InlineData(Chunk, Chunk)]
    [InlineData((2 * Chunk) + 17, 1)]
    [InlineData(199_990, 100)]
    [InlineData(300_000, 10)]
    public async Task Range_AskedFor_IsThatPart(int from, int count)
    {
        byte[] content = RandomNumberGenerator.GetBytes(200_000);
        await using DecryptingStream stream = Open(await EncryptAsync(content));
        byte[] expected = content.Skip(from).Take(count).ToArray();

        stream.Position = from;
        byte[] waited = new byte[count];
        int one = await stream.ReadAtLeastAsync(waited, count, throwOnEndOfStream: false, Cancel);
        stream.Seek(from, SeekOrigin.Begin);
        byte[] atOnce = new byte[count];
        int other = stream.ReadAtLeast(atOnce, count, throwOnEndOfStream: false);

        Assert.Equal((expected.Length, expected.Length), (one, other));
        Assert.Equal(expected, waited[..one]);
        Assert.Equal(expected, atOnce[..other]);
    }

    [Fact]
    public async Task File_Encrypted_HoldsNothingOfItsContent()
    {
        byte[] content = [.. Enumerable.Repeat((byte)'A', 3 * Chunk)];
        byte[] first = await File.ReadAllBytesAsync(await EncryptAsync(content), Cancel);
        byte[] second = await File.ReadAllBytesAsync(await EncryptAsync(content), Cancel);

        Assert.Equal(-1, first.AsSpan().IndexOf("AAAA"u8));
        Assert.NotEqual(first[Header..], second[Header..]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(63)]
    [InlineData(Header)]
    [InlineData(Header + Chunk)]
    [InlineData(Header + Sealed + 5)]
    [InlineData(Header + (3 * Sealed) + 100)]
    public async Task Byte_Changed_IsRefused(int at)
    {
        string path = await EncryptAsync(RandomNumberGenerator.GetBytes(200_000));
        await ChangeAsync(path, file =>
        {
            file[at] ^= 1;
            return file;
        });

        await RefusedAsync(path);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(200_000 - (3 * Chunk) + 16)] // the last chunk, whole
    [InlineData(Sealed + 200_000 - (3 * Chunk) + 16)]
    public async Task End_CutOff_IsRefusedBeforeAnyByteIsGiven(int bytes)
    {
        string path = await EncryptAsync(RandomNumberGenerator.GetBytes(200_000));
        await ChangeAsync(path, file => file[..^bytes]);

        Assert.ThrowsAny<CryptographicException>(() => Open(path));
    }

    [Fact]
    public async Task File_NeverCompleted_IsRefused()
    {
        string path = Path.Combine(_folder, "half");
        await using (FileStream file = File.Create(path))
        await using (EncryptingStream stream = new(file, _key, Binding))
        {
            await stream.WriteAsync(new byte[3 * Chunk], Cancel);
        }

        Assert.ThrowsAny<CryptographicException>(() => Open(path));
    }

    [Fact]
    public async Task Chunks_InAnotherOrder_AreRefused()
    {
        string path = await EncryptAsync(RandomNumberGenerator.GetBytes(4 * Chunk));
        await ChangeAsync(path, file =>
            [.. file[..Header], .. file[(Header + Sealed)..(Header + (2 * Sealed))], .. file[Header..(Header + Sealed)], .. file[(Header + (2 * Sealed))..]]);

        await RefusedAsync(path);
    }

    [Fact]
    public async Task Chunk_OfAnotherFile_IsRefused()
    {
        byte[] other = await File.ReadAllBytesAsync(await EncryptAsync(new byte[2 * Chunk]), Cancel);
        string path = await EncryptAsync(new byte[2 * Chunk]);
        await ChangeAsync(path, file => [.. file[..Header], .. other[Header..(Header + Sealed)], .. file[(Header + Sealed)..]]);

        await RefusedAsync(path);
    }

    [Fact]
    public async Task File_InAnothersPlace_IsRefused()
    {
        string path = await EncryptAsync([1, 2, 3]);

        Assert.ThrowsAny<CryptographicException>(() => DecryptingStream.Open(path, _ => _key, "another file"));
    }

    [Fact]
    public async Task Key_NotKnownOrAnother_IsRefused()
    {
        string path = await EncryptAsync([1, 2, 3]);

        Assert.ThrowsAny<CryptographicException>(() => DecryptingStream.Open(path, _ => null, Binding));
        Assert.ThrowsAny<CryptographicException>(() => DecryptingStream.Open(path, _ => MediaKey.Random(), Binding));
    }

    [Fact]
    public void File_ThatIsNoneOfOurs_IsRefused()
    {
        string path = Path.Combine(_folder, "plain");
        foreach (int length in new[] { 0, 10, Header, Header + 15, 500 })
        {
            File.WriteAllBytes(path, new byte[length]);
            Assert.ThrowsAny<CryptographicException>(() => Open(path));
        }
    }

    private DecryptingStream Open(string path) => DecryptingStream.Open(path, id => id == _key.Id ? _key : null, Binding);

    private async Task RefusedAsync(string path) => await Assert.ThrowsAnyAsync<CryptographicException>(async () =>
    {
        await using DecryptingStream stream = Open(path);
        await ReadAsync(stream);
    });

    private async Task<string> EncryptAsync(byte[] content)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        await using FileStream file = File.Create(path);
        await using EncryptingStream stream = new(file, _key, Binding);
        await new MemoryStream(content).CopyToAsync(stream, 1_000, Cancel);
        await stream.CompleteAsync(Cancel);
        return path;
    }

    private static async Task ChangeAsync(string path, Func<byte[], byte[]> change) =>
        await File.WriteAllBytesAsync(path, change(await File.ReadAllBytesAsync(path, Cancel)), Cancel);

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}
