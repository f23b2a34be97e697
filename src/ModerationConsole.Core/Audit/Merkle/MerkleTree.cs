namespace ModerationConsole.Core.Audit.Merkle;

/// <summary>The Merkle tree over hashes at hand, RFC 9162 §2.1.1.</summary>
public static class MerkleTree
{
    /// <summary>MTH(D_n): the root over leaf hashes, or the root of any complete subtree over the hashes of its nodes.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        MerkleFrontier frontier = new();
        foreach (byte[] hash in hashes)
        {
            frontier.Append(hash);
        }

        return frontier.Root();
    }

    /// <summary>The hash of a stretch from those of its complete subtrees, left to right.</summary>
    public static byte[] Fold(IReadOnlyList<byte[]> subtrees)
    {
        ArgumentNullException.ThrowIfNull(subtrees);
        if (subtrees.Count == 0)
        {
            return MerkleHash.Empty();
        }

        byte[] hash = subtrees[^1];
        for (int i = subtrees.Count - 2; i >= 0; i--)
        {
            hash = MerkleHash.Node(subtrees[i], hash);
        }

        return hash;
    }
}
