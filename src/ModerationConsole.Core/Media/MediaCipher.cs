using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ModerationConsole.Core.Media;

/// <summary>
/// The format of an encrypted file: a header, then chunks of 64 KiB (the last may be shorter) with AES-256-GCM, each with
/// its tag behind it. The key is derived for this one file. A chunk's nonce holds its number and whether it is the last;
/// header and binding are authenticated with each. So a file that was cut, put in another order, put in another's place or
/// put together of two is not read.
/// </summary>
internal sealed class MediaCipher : IDisposable
{
    public const int HeaderBytes = 64;
    public const int ChunkBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int SealedBytes = ChunkBytes + TagBytes;

    private const byte FormatVersion = 1;
    private const int KeyIdAt = 8;
    private const int SaltAt = 16;
    private const int SaltBytes = 32;
    private const int PrefixAt = 48;
    private const int PrefixBytes = 7;
    private const int NonceBytes = 12;

    private readonly AesGcm _aes;
    private readonly byte[] _header;
    private readonly byte[] _authenticated;

    private MediaCipher(byte[] header, MediaKey key, string binding)
    {
        _header = header;
        _authenticated = [.. header, .. Encoding.UTF8.GetBytes(binding)];
        var salt = header.AsSpan(SaltAt, SaltBytes).ToArray();
        var own = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret, MediaKey.Length, salt, Encoding.UTF8.GetBytes("media file " + binding));
        _aes = new AesGcm(own, TagBytes);
        CryptographicOperations.ZeroMemory(own);
    }

    // "MCE1", version, size of chunks as a power of two, two zeros; key id; salt; nonce prefix; zeros.
    private static ReadOnlySpan<byte> Start => [(byte)'M', (byte)'C', (byte)'E', (byte)'1', FormatVersion, 16, 0, 0];

    public ReadOnlyMemory<byte> Header => _header;

    /// <summary>For a new file.</summary>
    /// <param name="binding">Which file it is; it can be read as that one only.</param>
    public static MediaCipher Begin(MediaKey key, string binding)
    {
        var header = new byte[HeaderBytes];
        Start.CopyTo(header);
        Convert.FromHexString(key.Id).CopyTo(header, KeyIdAt);
        RandomNumberGenerator.Fill(header.AsSpan(SaltAt, SaltBytes + PrefixBytes));
        return new MediaCipher(header, key, binding);
    }

    /// <summary>For a file that exists.</summary>
    /// <exception cref="CryptographicException">The header is none, or its key is not known.</exception>
    public static MediaCipher Resume(byte[] header, Func<string, MediaKey?> find, string binding) =>
        find(KeyIdOf(header)) is { } key
            ? new MediaCipher(header, key, binding)
            : throw new CryptographicException("The key of an encrypted file is not here.");

    /// <summary>The id of the key that a header names.</summary>
    /// <exception cref="CryptographicException">The header is none.</exception>
    public static string KeyIdOf(ReadOnlySpan<byte> header) =>
        header.Length == HeaderBytes && header.StartsWith(Start)
            ? Convert.ToHexStringLower(header.Slice(KeyIdAt, MediaKey.IdLength))
            : throw new CryptographicException("An encrypted file does not begin like one.");

    /// <summary>Encrypts a chunk into as many bytes and the tag.</summary>
    public void Seal(uint number, bool isLast, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, number, isLast);
        _aes.Encrypt(nonce, plain, target[..plain.Length], target.Slice(plain.Length, TagBytes), _authenticated);
    }

    /// <summary>Decrypts a chunk with its tag; returns how many bytes it held.</summary>
    /// <exception cref="CryptographicException">It is not the chunk that was written there.</exception>
    public int Open(uint number, bool isLast, ReadOnlySpan<byte> chunk, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, number, isLast);
        var count = chunk.Length - TagBytes;
        _aes.Decrypt(nonce, chunk[..count], chunk[count..], target[..count], _authenticated);
        return count;
    }

    public void Dispose() => _aes.Dispose();

    private void WriteNonce(Span<byte> nonce, uint number, bool isLast)
    {
        _header.AsSpan(PrefixAt, PrefixBytes).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixBytes..], number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
