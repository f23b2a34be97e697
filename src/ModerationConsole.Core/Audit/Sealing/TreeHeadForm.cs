using System.Buffers.Binary;
using System.Security.Cryptography;
using ModerationConsole.Core.Audit.Merkle;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>
/// The bytes of a tree head that are signed: <c>TreeHeadDataV2</c> of RFC 9162 §4.10, without extensions.
/// <code>
/// uint64 timestamp       milliseconds since 1970-01-01 UTC
/// uint64 tree size
/// uint8  32, then the root hash
/// uint16 0               no extensions
/// </code>
/// The signature is ECDSA on P-256 with SHA-256, in DER (RFC 3279). A key is known by the SHA-256 of its public half (SPKI).
/// </summary>
public static class TreeHeadForm
{
    private const int Length = 8 + 8 + 1 + MerkleHash.Size + 2;

    /// <summary>The bytes that are signed.</summary>
    public static byte[] Write(long size, ReadOnlySpan<byte> rootHash, DateTimeOffset signedAt)
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)signedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), (ulong)size);
        bytes[16] = MerkleHash.Size;
        rootHash.CopyTo(bytes.AsSpan(17, MerkleHash.Size));
        return bytes;
    }

    /// <summary>Whether the head was signed by the key whose public half this is.</summary>
    /// <param name="publicKey">SPKI, DER.</param>
    public static bool IsSignedBy(AuditTreeHead head, ReadOnlySpan<byte> publicKey)
    {
        ArgumentNullException.ThrowIfNull(head);
        // What is signed holds whole milliseconds; a head that claims more was changed.
        if (head.RootHash.Length != MerkleHash.Size || head.Size < 0 || head.SignedAt.UtcTicks % TimeSpan.TicksPerMillisecond != 0 || head.KeyId != KeyId(publicKey))
        {
            return false;
        }

        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            return key.VerifyData(
                Write(head.Size, head.RootHash, head.SignedAt), head.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>What a key is known by, lowercase hex.</summary>
    public static string KeyId(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));
}
