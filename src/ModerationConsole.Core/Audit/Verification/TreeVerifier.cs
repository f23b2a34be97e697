using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>
/// Recomputes the tree from its entries: stretches are read and hashed beside one another, and joined in order. That every head's
/// root is found in one growing tree is what makes any two of them consistent.
/// </summary>
internal sealed class TreeVerifier(
    IDbContextFactory<ConsoleDbContext> contexts, DatabaseOptions options, IReadOnlyDictionary<string, byte[]> keys, FindingList findings, RecordHashes records,
    RemovedLeaves removed)
{
    private readonly List<AuditTile> _higher = [];
    private TileFrontier? _tree = new();
    private RemovedLeaves _removed = removed;
    private LeafChunk? _chunk;

    public long Entries { get; private set; }

    public long Heads { get; private set; }

    public long Tiles { get; private set; }

    public AuditTreeHead? Head { get; private set; }

    /// <summary>Verifies leaves <paramref name="from"/> to <paramref name="size"/>. What lies before is taken as it is stored; the heads after it prove it.</summary>
    public async Task RunAsync(long from, long size, Action<long>? progress, CancellationToken cancellationToken)
    {
        await BeginAsync(from, cancellationToken).ConfigureAwait(false);
        int beside = Math.Max(2, Environment.ProcessorCount);
        Queue<Task<LeafChunk>> reading = new();
        long next = from;
        while (next < size || reading.Count > 0)
        {
            while (next < size && reading.Count < beside)
            {
                long end = Math.Min(size, (next / LeafChunk.Size + 1) * LeafChunk.Size);
                LeafChunk chunk = new(next, end);
                reading.Enqueue(Task.Run(() => chunk.ReadAsync(contexts, options.Provider, keys, records, cancellationToken), cancellationToken));
                next = end;
            }

            await JoinAsync(await reading.Dequeue().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            progress?.Invoke(Entries);
        }
    }

    private async Task BeginAsync(long from, CancellationToken cancellationToken)
    {
        if (from == 0)
        {
            return;
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            try
            {
                _tree = await new AuditTree(db, from, new TileRoots()).FrontierAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (AuditBrokenException error)
            {
                findings.Add(new AuditFinding(AuditFault.TileMissing, "tree", from, error.Message));
                _tree = null;
            }
        }
    }

    private async Task JoinAsync(LeafChunk chunk, CancellationToken cancellationToken)
    {
        _chunk = chunk;
        chunk.Findings.ForEach(findings.Add);
        await CheckMissingAsync(chunk, cancellationToken).ConfigureAwait(false);
        Entries += chunk.Hashes.Length;
        Heads += chunk.Heads.Count;
        int head = 0;
        foreach (byte[]? hash in chunk.Hashes)
        {
            if (hash is null)
            {
                // Without this leaf nothing after it can be placed.
                _tree = null;
            }

            if (_tree is null)
            {
                break;
            }

            _tree.Append(hash!, Check);
            if (head < chunk.Heads.Count && chunk.Heads[head].Size == _tree.Size)
            {
                CheckRoot(chunk.Heads[head++], _tree);
            }
        }

        Head = chunk.Heads.LastOrDefault() ?? Head;
        await CheckHigherAsync(cancellationToken).ConfigureAwait(false);
    }

    // Entries may have been removed, by retention, while leaves were read: what it named since counts, too.
    private async Task CheckMissingAsync(LeafChunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.WithoutEntry.TrueForAll(leaf => _removed.Contains(leaf.Index)))
        {
            return;
        }

        _removed = await RemovedLeaves.ReadAsync(contexts, cancellationToken).ConfigureAwait(false);
        foreach ((long index, string? entryId) in chunk.WithoutEntry.Where(leaf => !_removed.Contains(leaf.Index)))
        {
            findings.Add(new AuditFinding(AuditFault.EntryMissing, "leaf", index, entryId));
        }
    }

    private void CheckRoot(AuditTreeHead head, TileFrontier tree)
    {
        if (!head.RootHash.AsSpan().SequenceEqual(tree.Root()))
        {
            findings.Add(new AuditFinding(AuditFault.HeadRoot, "head", head.Size));
        }
    }

    private void Check(AuditTile expected)
    {
        if (expected.Level > 0)
        {
            _higher.Add(expected);
            return;
        }

        Compare(expected, _chunk!.Tiles.GetValueOrDefault(expected.Index));
    }

    private async Task CheckHigherAsync(CancellationToken cancellationToken)
    {
        if (_higher.Count == 0)
        {
            return;
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            foreach (AuditTile expected in _higher)
            {
                Compare(expected, await db.Set<AuditTile>().AsNoTracking().Where(tile => tile.Level == expected.Level && tile.Index == expected.Index)
                    .Select(tile => tile.Hashes).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false));
            }
        }

        _higher.Clear();
    }

    private void Compare(AuditTile expected, byte[]? stored)
    {
        Tiles++;
        if (stored is null || !stored.AsSpan().SequenceEqual(expected.Hashes))
        {
            findings.Add(new AuditFinding(stored is null ? AuditFault.TileMissing : AuditFault.TileChanged, "tile", expected.Index, $"level {expected.Level}"));
        }
    }
}
