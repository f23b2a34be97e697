using ModerationConsole.Core.Audit.Merkle;

namespace ModerationConsole.Tests.Unit.Audit;

/// <summary>The values that certificate-transparency publishes for its Merkle tests: eight inputs, their roots and some proofs.</summary>
public sealed class MerkleReferenceTests
{
    private static readonly byte[][] s_leaves =
    [
        .. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }
            .Select(hex => MerkleHash.Leaf(Convert.FromHexString(hex))),
    ];

    private static readonly string[] s_roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Root_OfEachSize_IsThePublishedOne()
    {
        Assert.All(s_roots.Index(), root => Assert.Equal(root.Item, Convert.ToHexStringLower(MerkleTree.Root(s_leaves[..root.Index]))));
    }

    [Fact]
    public void Leaf_OfTheReferenceInput_IsThePublishedHash() =>
        Assert.Equal("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56", Convert.ToHexStringLower(MerkleHash.Leaf("L123456"u8)));

    [Fact]
    public void Node_OfTheReferenceInputs_IsThePublishedHash() =>
        Assert.Equal("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb", Convert.ToHexStringLower(MerkleHash.Node("N123"u8, "N456"u8)));

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void InclusionProof_OfALeaf_IsThePublishedOne(int index, int size, params string[] published)
    {
        byte[][] path = Hashes(MerkleProof.Inclusion(index, size));

        Assert.Equal(published, path.Select(Convert.ToHexStringLower));
        Assert.True(MerkleCheck.Inclusion(s_leaves[index], index, size, path, Convert.FromHexString(s_roots[size])));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void ConsistencyProof_OfTwoTrees_IsThePublishedOne(int first, int second, params string[] published)
    {
        byte[][] path = Hashes(MerkleProof.Consistency(first, second));

        Assert.Equal(published, path.Select(Convert.ToHexStringLower));
        Assert.True(MerkleCheck.Consistency(first, second, path, Convert.FromHexString(s_roots[first]), Convert.FromHexString(s_roots[second])));
    }

    private static byte[][] Hashes(IReadOnlyList<MerkleRange> ranges) =>
        [.. ranges.Select(range => MerkleTree.Root(s_leaves[(int)range.Start..(int)(range.Start + range.Count)]))];
}
