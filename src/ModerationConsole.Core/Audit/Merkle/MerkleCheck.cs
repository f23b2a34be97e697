namespace ModerationConsole.Core.Audit.Merkle;

/// <summary>Checks proofs, needing nothing but them: RFC 9162 §2.1.3.2 and §2.1.4.2.</summary>
public static class MerkleCheck
{
    /// <summary>Whether the path proves that the leaf is number <paramref name="index"/> of the tree with this size and root.</summary>
    public static bool Inclusion(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.Size)
        {
            return false;
        }

        long place = index;
        long last = size - 1;
        byte[] hash = leafHash.ToArray();
        foreach (byte[] beside in path)
        {
            if (last == 0 || beside.Length != MerkleHash.Size)
            {
                return false;
            }

            if (IsOdd(place) || place == last)
            {
                hash = MerkleHash.Node(beside, hash);
                SkipMissing(ref place, ref last);
            }
            else
            {
                hash = MerkleHash.Node(hash, beside);
            }

            place >>= 1;
            last >>= 1;
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the path proves that the second tree begins with all of the first.</summary>
    public static bool Consistency(long first, long second, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> firstRoot, ReadOnlySpan<byte> secondRoot)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (first < 0 || first > second || path.Any(hash => hash.Length != MerkleHash.Size))
        {
            return false;
        }

        if (first == second || first == 0)
        {
            // Nothing to prove: the same tree, or one that begins with nothing.
            return path.Count == 0 && (first == 0 ? firstRoot.SequenceEqual(MerkleHash.Empty()) : firstRoot.SequenceEqual(secondRoot));
        }

        // A first tree that is complete is a node of the second, and not repeated in the path.
        bool complete = long.IsPow2(first);
        if (path.Count == 0)
        {
            return false;
        }

        long place = first - 1;
        long last = second - 1;
        while (IsOdd(place))
        {
            place >>= 1;
            last >>= 1;
        }

        byte[] inFirst = complete ? firstRoot.ToArray() : path[0];
        byte[] inSecond = inFirst;
        foreach (byte[] beside in complete ? path : path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if (IsOdd(place) || place == last)
            {
                inFirst = MerkleHash.Node(beside, inFirst);
                inSecond = MerkleHash.Node(beside, inSecond);
                SkipMissing(ref place, ref last);
            }
            else
            {
                inSecond = MerkleHash.Node(inSecond, beside);
            }

            place >>= 1;
            last >>= 1;
        }

        return last == 0 && firstRoot.SequenceEqual(inFirst) && secondRoot.SequenceEqual(inSecond);
    }

    private static bool IsOdd(long number) => (number & 1) == 1;

    // At the right end of the tree a node without a neighbour passes up as it is.
    private static void SkipMissing(ref long place, ref long last)
    {
        while (!IsOdd(place) && place != 0)
        {
            place >>= 1;
            last >>= 1;
        }
    }
}
