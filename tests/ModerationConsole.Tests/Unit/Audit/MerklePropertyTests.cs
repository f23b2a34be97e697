using System.Buffers.Binary;
using ModerationConsole.Core.Audit.Merkle;

namespace ModerationConsole.Tests.Unit.Audit;

/// <summary>What holds of proofs in trees of every size up to a few hundred.</summary>
public sealed class MerklePropertyTests
{
    private const int Most = 270;

    private static readonly Dictionary<(int, int), byte[]> s_known = [];
    private static readonly byte[][] s_leaves = [.. Enumerable.Range(0, Most).Select(Leaf)];
    private static readonly byte[][] s_roots = [.. Enumerable.Range(0, Most + 1).Select(size => ByDefinition(0, size))];

    [Fact]
    public void Frontier_GrownLeafByLeaf_HasTheRootOfTheDefinition()
    {
        MerkleFrontier frontier = new();
        for (int size = 0; size < Most; size++)
        {
            Assert.Equal(s_roots[size], frontier.Root());
            frontier.Append(s_leaves[size]);
        }

        Assert.Equal((Most, s_roots[Most]), ((int)frontier.Size, frontier.Root()), (one, other) => one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2));
    }

    [Fact]
    public void Frontier_GrownBySubtrees_HasTheSameRoot()
    {
        for (int size = 1; size <= Most; size++)
        {
            MerkleFrontier frontier = new();
            foreach (MerkleNode node in new MerkleRange(0, size).Subtrees())
            {
                frontier.Append(node.Level, ByDefinition((int)node.Start, (int)node.Count));
            }

            Assert.Equal(s_roots[size], frontier.Root());
        }
    }

    [Fact]
    public void Frontier_EndingInsideASubtree_TakesNoneOfThatSize()
    {
        MerkleFrontier frontier = new();
        frontier.Append(s_leaves[0]);

        Assert.Throws<ArgumentException>(() => frontier.Append(1, s_roots[2]));
    }

    [Fact]
    public void Inclusion_OfEveryLeafInEveryTree_IsProved()
    {
        for (int size = 1; size <= Most; size++)
        {
            for (int index = 0; index < size; index++)
            {
                Assert.True(MerkleCheck.Inclusion(s_leaves[index], index, size, Hashes(MerkleProof.Inclusion(index, size)), s_roots[size]), $"{index} of {size}");
            }
        }
    }

    [Fact]
    public void Inclusion_WithAnythingElse_IsNotProved()
    {
        for (int size = 2; size <= 40; size++)
        {
            for (int index = 0; index < size; index++)
            {
                byte[][] path = Hashes(MerkleProof.Inclusion(index, size));
                int other = (index + 1) % size;
                Assert.False(MerkleCheck.Inclusion(s_leaves[other], index, size, path, s_roots[size]));
                Assert.False(MerkleCheck.Inclusion(s_leaves[index], other, size, path, s_roots[size]));
                Assert.False(MerkleCheck.Inclusion(s_leaves[index], index, size, path, s_roots[size - 1]));
                Assert.False(MerkleCheck.Inclusion(s_leaves[index], index, size, path[..^1], s_roots[size]));
                Assert.False(MerkleCheck.Inclusion(s_leaves[index], index, size, [.. path, s_leaves[0]], s_roots[size]));
                for (int at = 0; at < path.Length; at++)
                {
                    Assert.False(MerkleCheck.Inclusion(s_leaves[index], index, size, [.. path[..at], Changed(path[at]), .. path[(at + 1)..]], s_roots[size]));
                }
            }
        }

        Assert.False(MerkleCheck.Inclusion(s_leaves[0], -1, 1, [], s_roots[1]));
        Assert.False(MerkleCheck.Inclusion(s_leaves[0], 1, 1, [], s_roots[1]));
    }

    [Fact]
    public void Consistency_OfEveryTwoTrees_IsProved()
    {
        for (int second = 1; second <= Most; second++)
        {
            for (int first = 1; first <= second; first++)
            {
                Assert.True(
                    MerkleCheck.Consistency(first, second, Hashes(MerkleProof.Consistency(first, second)), s_roots[first], s_roots[second]), $"{first} and {second}");
            }
        }

        Assert.True(MerkleCheck.Consistency(0, 5, [], s_roots[0], s_roots[5]));
    }

    [Fact]
    public void Consistency_WithAnythingElse_IsNotProved()
    {
        for (int second = 2; second <= 40; second++)
        {
            for (int first = 1; first < second; first++)
            {
                byte[][] path = Hashes(MerkleProof.Consistency(first, second));
                Assert.False(MerkleCheck.Consistency(first, second, path, Changed(s_roots[first]), s_roots[second]));
                Assert.False(MerkleCheck.Consistency(first, second, path, s_roots[first], Changed(s_roots[second])));
                Assert.False(MerkleCheck.Consistency(first, second, path[..^1], s_roots[first], s_roots[second]));
                Assert.False(MerkleCheck.Consistency(first, second, [.. path, s_leaves[0]], s_roots[first], s_roots[second]));
                for (int at = 0; at < path.Length; at++)
                {
                    Assert.False(MerkleCheck.Consistency(first, second, [.. path[..at], Changed(path[at]), .. path[(at + 1)..]], s_roots[first], s_roots[second]));
                }
            }
        }

        Assert.False(MerkleCheck.Consistency(3, 3, [], s_roots[3], s_roots[4]));
        Assert.False(MerkleCheck.Consistency(4, 3, [], s_roots[4], s_roots[3]));
    }

    private static byte[] Leaf(int index)
    {
        byte[] data = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(data, index);
        return MerkleHash.Leaf(data);
    }

    private static byte[] Changed(byte[] hash) => [(byte)(hash[0] ^ 1), .. hash[1..]];

    private static byte[][] Hashes(IReadOnlyList<MerkleRange> ranges) => [.. ranges.Select(range => ByDefinition((int)range.Start, (int)range.Count))];

    // MTH as the RFC defines it, by recursion.
    private static byte[] ByDefinition(int start, int count)
    {
        if (count < 2)
        {
            return count == 0 ? MerkleHash.Empty() : s_leaves[start];
        }

        lock (s_known)
        {
            if (!s_known.TryGetValue((start, count), out byte[]? hash))
            {
                int split = 1;
                while (split * 2 < count)
                {
                    split *= 2;
                }

                hash = MerkleHash.Node(ByDefinition(start, split), ByDefinition(start + split, count - split));
                s_known.Add((start, count), hash);
            }

            return hash;
        }
    }
}
