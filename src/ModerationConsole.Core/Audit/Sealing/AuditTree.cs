using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>
/// The stored tree at a size. A hash inside it is read from one tile, or from the tiles below where that one is not finished, so
/// that a proof in a tree of millions reads a few hundred rows at most and usually a few.
/// </summary>
internal sealed class AuditTree(ConsoleDbContext db, long size, TileRoots roots)
{
    private readonly Dictionary<(int Level, long Index), byte[][]> _tiles = [];

    /// <summary>The hash of a stretch of leaves.</summary>
    /// <exception cref="AuditBrokenException">A leaf or tile that must be there is not.</exception>
    public async Task<byte[]> HashAsync(MerkleRange range, CancellationToken cancellationToken)
    {
        List<byte[]> subtrees = [];
        foreach (MerkleNode node in range.Subtrees())
        {
            subtrees.Add(await HashAsync(node, cancellationToken).ConfigureAwait(false));
        }

        return MerkleTree.Fold(subtrees);
    }

    /// <summary>The hashes of a proof, in order.</summary>
    /// <exception cref="AuditBrokenException">A leaf or tile that must be there is not.</exception>
    public async Task<byte[][]> HashesAsync(IReadOnlyList<MerkleRange> ranges, CancellationToken cancellationToken)
    {
        byte[][] hashes = new byte[ranges.Count][];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = await HashAsync(ranges[i], cancellationToken).ConfigureAwait(false);
        }

        return hashes;
    }

    /// <summary>The tree's growing end, to add to or to compare a root with.</summary>
    /// <exception cref="AuditBrokenException">A leaf or tile that must be there is not.</exception>
    public async Task<TileFrontier> FrontierAsync(CancellationToken cancellationToken)
    {
        TileFrontier frontier = new();
        int top = 0;
        while (size >> (TileFrontier.TileLevels * (top + 1)) > 0)
        {
            top++;
        }

        for (int level = top; level >= 0; level--)
        {
            long end = size >> (TileFrontier.TileLevels * level);
            long start = end / TileFrontier.TileSize * TileFrontier.TileSize;
            foreach (byte[] hash in await HashesAsync(level, start, (int)(end - start), cancellationToken).ConfigureAwait(false))
            {
                frontier.Restore(level, hash);
            }
        }

        return frontier;
    }

    private async Task<byte[]> HashAsync(MerkleNode node, CancellationToken cancellationToken)
    {
        int level = node.Level / TileFrontier.TileLevels;
        int above = node.Level % TileFrontier.TileLevels;
        IReadOnlyList<byte[]> hashes = await HashesAsync(level, node.Index << above, 1 << above, cancellationToken).ConfigureAwait(false);
        return hashes.Count == 1 ? hashes[0] : MerkleTree.Root(hashes);
    }

    // Hashes of one level of tiles, never across the border of a tile.
    private async Task<IReadOnlyList<byte[]>> HashesAsync(int level, long start, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return [];
        }

        long tile = start / TileFrontier.TileSize;
        if ((tile + 1) << (TileFrontier.TileLevels * (level + 1)) <= size)
        {
            return new ArraySegment<byte[]>(await TileAsync(level, tile, cancellationToken).ConfigureAwait(false), (int)(start % TileFrontier.TileSize), count);
        }

        return level == 0
            ? await LeavesAsync(db, start, start + count, cancellationToken).ConfigureAwait(false)
            : await RootsAsync(level - 1, start, count, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<IReadOnlyList<byte[]>> LeavesAsync(ConsoleDbContext db, long start, long end, CancellationToken cancellationToken)
    {
        List<byte[]> hashes = await db.Set<AuditLeaf>().AsNoTracking().Where(leaf => leaf.Index >= start && leaf.Index < end).OrderBy(leaf => leaf.Index)
            .Select(leaf => leaf.Hash).ToListAsync(cancellationToken).ConfigureAwait(false);
        return hashes.Count == end - start && hashes.TrueForAll(hash => hash.Length == MerkleHash.Size)
            ? hashes
            : throw new AuditBrokenException($"Of the leaves {start} to {end - 1} only {hashes.Count} are whole.");
    }

    private async Task<IReadOnlyList<byte[]>> RootsAsync(int level, long start, int count, CancellationToken cancellationToken)
    {
        byte[][] found = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            long index = start + i;
            if (roots.Find(level, index) is not { } root)
            {
                root = MerkleTree.Root(await TileAsync(level, index, cancellationToken).ConfigureAwait(false));
                roots.Keep(level, index, root);
            }

            found[i] = root;
        }

        return found;
    }

    private async Task<byte[][]> TileAsync(int level, long index, CancellationToken cancellationToken)
    {
        if (!_tiles.TryGetValue((level, index), out byte[][]? hashes))
        {
            byte[]? joined = await db.Set<AuditTile>().AsNoTracking().Where(tile => tile.Level == level && tile.Index == index)
                .Select(tile => tile.Hashes).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (joined?.Length != TileFrontier.TileSize * MerkleHash.Size)
            {
                throw new AuditBrokenException($"Tile {index} of level {level} is missing or not whole.");
            }

            hashes = [.. joined.Chunk(MerkleHash.Size)];
            _tiles.Add((level, index), hashes);
        }

        return hashes;
    }
}
