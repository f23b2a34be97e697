using System.Numerics;

namespace ModerationConsole.Core.Audit.Merkle;

/// <summary>A stretch of leaves whose hash, <c>MTH(D[start:start + count])</c>, is part of a proof.</summary>
/// <param name="Start">Its first leaf.</param>
/// <param name="Count">How many leaves; at least one.</param>
public readonly record struct MerkleRange(long Start, long Count)
{
    /// <summary>
    /// The complete subtrees that it is made of, left to right. Their hashes folded from the right give the stretch's own.
    /// </summary>
    public IEnumerable<MerkleNode> Subtrees()
    {
        long start = Start;
        for (long left = Count; left > 0;)
        {
            int level = BitOperations.Log2((ulong)left);
            yield return new MerkleNode(level, start >> level);
            start += 1L << level;
            left -= 1L << level;
        }
    }
}

/// <summary>A complete subtree.</summary>
/// <param name="Level">It has 2^level leaves.</param>
/// <param name="Index">How many subtrees of its size stand before it.</param>
public readonly record struct MerkleNode(int Level, long Index)
{
    /// <summary>Its first leaf.</summary>
    public long Start => Index << Level;

    /// <summary>How many leaves it has.</summary>
    public long Count => 1L << Level;
}
