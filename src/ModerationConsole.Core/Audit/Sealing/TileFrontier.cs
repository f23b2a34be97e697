using ModerationConsole.Core.Audit.Merkle;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>The growing end of the tree, with what its unfinished tiles hold. Not for several threads at once.</summary>
public sealed class TileFrontier
{
    /// <summary>How many hashes a tile holds.</summary>
    public const int TileSize = 1 << TileLevels;

    /// <summary>How many levels of the tree lie between two levels of tiles.</summary>
    public const int TileLevels = 8;

    private readonly MerkleFrontier _tree;
    private readonly List<List<byte[]>> _open;
    private readonly Action<int, byte[]> _completed;

    /// <summary>An empty tree.</summary>
    public TileFrontier()
        : this(new MerkleFrontier(), [])
    {
    }

    private TileFrontier(MerkleFrontier tree, List<List<byte[]>> open)
    {
        (_tree, _open) = (tree, open);
        _completed = (level, hash) =>
        {
            if (level % TileLevels == 0)
            {
                Open(level / TileLevels).Add(hash);
            }
        };
    }

    /// <summary>How many leaves the tree has.</summary>
    public long Size => _tree.Size;

    /// <summary>A copy that grows by itself.</summary>
    public TileFrontier Copy() => new(_tree.Copy(), [.. _open.Select(hashes => new List<byte[]>(hashes))]);

    /// <summary>Root of the tree.</summary>
    public byte[] Root() => _tree.Root();

    /// <summary>Adds a leaf.</summary>
    /// <param name="finished">Told each tile that this fills, lowest level first.</param>
    public void Append(byte[] leafHash, Action<AuditTile>? finished = null)
    {
        Open(0).Add(leafHash);
        _tree.Append(leafHash, _completed);
        for (int level = 0; level < _open.Count && _open[level].Count == TileSize; level++)
        {
            finished?.Invoke(new AuditTile
            {
                Level = level,
                Index = (Size >> (TileLevels * (level + 1))) - 1,
                Hashes = Join(_open[level]),
            });
            _open[level].Clear();
        }
    }

    /// <summary>Adds the root of a finished tile of the level below, or a leaf at level 0: how a tree is taken up again, highest level first.</summary>
    internal void Restore(int level, byte[] hash)
    {
        Open(level).Add(hash);
        _tree.Append(TileLevels * level, hash);
    }

    private static byte[] Join(List<byte[]> hashes)
    {
        byte[] joined = new byte[hashes.Count * MerkleHash.Size];
        for (int i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(joined, i * MerkleHash.Size);
        }

        return joined;
    }

    private List<byte[]> Open(int level)
    {
        while (_open.Count <= level)
        {
            _open.Add([]);
        }

        return _open[level];
    }
}
