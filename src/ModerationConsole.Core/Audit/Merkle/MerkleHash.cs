using System.Security.Cryptography;

namespace ModerationConsole.Core.Audit.Merkle;

/// <summary>Hashes of the tree, RFC 9162 §2.1.1, with SHA-256. Leaves and nodes begin differently, so that neither passes for the other.</summary>
public static class MerkleHash
{
    /// <summary>Length of a hash, bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>What stands before the bytes of a leaf.</summary>
    public const byte LeafPrefix = 0x00;

    private const byte NodePrefix = 0x01;

    /// <summary>The hash of a tree without leaves: <c>HASH()</c>.</summary>
    public static byte[] Empty() => SHA256.HashData([]);

    /// <summary>The hash of a leaf: <c>HASH(0x00 || data)</c>.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> data)
    {
        byte[] prefixed = new byte[data.Length + 1];
        prefixed[0] = LeafPrefix;
        data.CopyTo(prefixed.AsSpan(1));
        return SHA256.HashData(prefixed);
    }

    /// <summary>The hash of a node: <c>HASH(0x01 || left || right)</c>.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * Size)];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + left.Length)..]);
        return SHA256.HashData(prefixed[..(1 + left.Length + right.Length)]);
    }
}
