using ModerationConsole.Core.Audit.Merkle;

namespace ModerationConsole.Tests.Unit.Audit;

/// <summary>
/// The example of RFC 9162 §2.1.5, letter by letter: seven leaves d0 to d6, their hashes a to f and j, and above them
/// g = (a, b), h = (c, d), i = (e, f), k = (g, h), l = (i, j).
/// </summary>
public sealed class MerkleSevenLeavesTests
{
    private static readonly byte[][] s_leaves = [.. Enumerable.Range(0, 7).Select(index => MerkleHash.Leaf([(byte)index]))];
    private static readonly byte[] s_a = s_leaves[0];
    private static readonly byte[] s_b = s_leaves[1];
    private static readonly byte[] s_c = s_leaves[2];
    private static readonly byte[] s_d = s_leaves[3];
    private static readonly byte[] s_e = s_leaves[4];
    private static readonly byte[] s_f = s_leaves[5];
    private static readonly byte[] s_j = s_leaves[6];
    private static readonly byte[] s_g = MerkleHash.Node(s_a, s_b);
    private static readonly byte[] s_h = MerkleHash.Node(s_c, s_d);
    private static readonly byte[] s_i = MerkleHash.Node(s_e, s_f);
    private static readonly byte[] s_k = MerkleHash.Node(s_g, s_h);
    private static readonly byte[] s_l = MerkleHash.Node(s_i, s_j);
    private static readonly byte[] s_hash = MerkleHash.Node(s_k, s_l);

    [Fact]
    public void Tree_OfSevenLeaves_HasTheRootOfTheExample() => Assert.Equal(s_hash, MerkleTree.Root(s_leaves));

    [Fact]
    public void InclusionProofs_OfTheExample_AreAsItSays()
    {
        Assert.Equal([s_b, s_h, s_l], Inclusion(0));
        Assert.Equal([s_c, s_g, s_l], Inclusion(3));
        Assert.Equal([s_f, s_j, s_k], Inclusion(4));
        Assert.Equal([s_i, s_k], Inclusion(6));
    }

    [Fact]
    public void ConsistencyProofs_OfTheExample_AreAsItSays()
    {
        // The same tree built in three steps: hash0 = (g, c), hash1 = k, hash2 = (k, i).
        byte[] hash0 = MerkleHash.Node(s_g, s_c);
        byte[] hash2 = MerkleHash.Node(s_k, s_i);

        Assert.Equal([s_c, s_d, s_g, s_l], Consistency(3));
        Assert.Equal([s_l], Consistency(4));
        Assert.Equal([s_i, s_j, s_k], Consistency(6));
        Assert.True(MerkleCheck.Consistency(3, 7, Consistency(3), hash0, s_hash));
        Assert.True(MerkleCheck.Consistency(4, 7, Consistency(4), s_k, s_hash));
        Assert.True(MerkleCheck.Consistency(6, 7, Consistency(6), hash2, s_hash));
    }

    private static byte[][] Inclusion(int index) => Hashes(MerkleProof.Inclusion(index, 7));

    private static byte[][] Consistency(int first) => Hashes(MerkleProof.Consistency(first, 7));

    private static byte[][] Hashes(IReadOnlyList<MerkleRange> ranges) =>
        [.. ranges.Select(range => MerkleTree.Root(s_leaves[(int)range.Start..(int)(range.Start + range.Count)]))];
}
