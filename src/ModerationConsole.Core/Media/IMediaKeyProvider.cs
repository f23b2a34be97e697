using System.Security.Cryptography;

namespace ModerationConsole.Core.Media;

/// <summary>A 256-bit key that media is encrypted with.</summary>
public sealed class MediaKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    /// <summary>Bytes of an id as a file's header holds it.</summary>
    internal const int IdLength = 8;

    private readonly byte[] _secret;

    /// <exception cref="ArgumentException">Not of <see cref="Length"/> bytes.</exception>
    public MediaKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != Length)
        {
            throw new ArgumentException("A media key has 32 bytes.", nameof(secret));
        }

        _secret = secret.ToArray();
        Id = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, IdLength, info: "media key id"u8.ToArray()));
    }

    /// <summary>Names the key without telling anything of it; 16 hex digits.</summary>
    public string Id { get; }

    internal byte[] Secret => _secret;

    /// <summary>A key that nobody has.</summary>
    public static MediaKey Random() => new(RandomNumberGenerator.GetBytes(Length));
}

/// <summary>Where the keys of encrypted media come from. One that asks a key service may take the place of the file.</summary>
public interface IMediaKeyProvider
{
    /// <summary>The key that files are encrypted with from now on.</summary>
    MediaKey Current { get; }

    /// <summary>The key of this id, for files that are encrypted already; null when it is not known.</summary>
    MediaKey? Find(string id);
}
