using System.Numerics;

namespace ModerationConsole.Core.Audit.Merkle;

/// <summary>
/// Which hashes a proof consists of, RFC 9162 §2.1.3.1 and §2.1.4.1. Only the stretches are worked out here; whoever holds the
/// tree looks up their hashes.
/// </summary>
public static class MerkleProof
{
    /// <summary>PATH(index, D_size): what proves that a leaf is in a tree, in order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static IReadOnlyList<MerkleRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<MerkleRange> path = [];
        long start = 0;
        while (size > 1)
        {
            long split = Split(size);
            if (index - start < split)
            {
                path.Add(new MerkleRange(start + split, size - split));
                size = split;
            }
            else
            {
                path.Add(new MerkleRange(start, split));
                start += split;
                size -= split;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(first, D_second): what proves that a tree begins with all of a smaller one, in order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first tree is empty or larger than the second.</exception>
    public static IReadOnlyList<MerkleRange> Consistency(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        List<MerkleRange> path = [];
        long start = 0;
        long size = second;
        // SUBPROOF(m, D_n, b): b holds as long as the smaller tree's own left end has not been cut off.
        bool whole = true;
        while (first - start < size)
        {
            long split = Split(size);
            if (first - start <= split)
            {
                path.Add(new MerkleRange(start + split, size - split));
                size = split;
            }
            else
            {
                path.Add(new MerkleRange(start, split));
                start += split;
                size -= split;
                whole = false;
            }
        }

        if (!whole)
        {
            path.Add(new MerkleRange(start, size));
        }

        path.Reverse();
        return path;
    }

    // The largest power of two smaller than the size.
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
