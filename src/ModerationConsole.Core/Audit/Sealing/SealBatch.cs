using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>What one transaction of the sealer did.</summary>
/// <param name="Sealed">How many entries got their leaf.</param>
/// <param name="HeadWaits">Whether there are leaves that no head covers yet.</param>
internal sealed record SealedBatch(int Sealed, bool HeadWaits);

/// <summary>
/// One transaction of the sealer: the next leaves, the tiles that they fill, the end of their waiting, and a head if the last is a
/// second old. Everything is read anew from the database, so a batch that another sealer overtook simply runs again.
/// </summary>
internal sealed class SealBatch(SealingKeys keys, TileRoots roots, DatabaseOptions options, TimeProvider clock)
{
    /// <summary>Entries a transaction: some milliseconds of the one writer's time.</summary>
    public const int Most = 500;

    /// <summary>A head covers at most so much time, and there is at most one in it.</summary>
    public static readonly TimeSpan HeadEvery = TimeSpan.FromSeconds(1);

    // What the tree ended with when this node last committed. Another node may have gone on since.
    private volatile TileFrontier? _known;
    private long? _signed;

    public async Task<SealedBatch> RunAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = scope.Db;
        AuditTreeHead? last = await db.Set<AuditTreeHead>().AsNoTracking().OrderByDescending(head => head.Size).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        long size = (await db.Set<AuditLeaf>().MaxAsync(leaf => (long?)leaf.Index, cancellationToken).ConfigureAwait(false) ?? -1) + 1;
        TileFrontier tree = _known is { } known && known.Size == size
            ? known.Copy()
            : await RestoreAsync(db, last, size, cancellationToken).ConfigureAwait(false);

        SealStatements statements = new(db, options.Provider);
        List<AuditEntry> waiting = await statements.WaitingAsync(Most, cancellationToken).ConfigureAwait(false);
        if (waiting.Count > 0)
        {
            await SealAsync(db, statements, tree, waiting, cancellationToken).ConfigureAwait(false);
        }

        long? signed = null;
        if (tree.Size > (last?.Size ?? 0) && IsDue(last, scope.Now))
        {
            db.Add(Sign(tree, scope.Now));
            signed = clock.GetTimestamp();
        }

        scope.AfterCommit(() => (_known, _signed) = (tree, signed ?? _signed));
        return new SealedBatch(waiting.Count, signed is null && tree.Size > (last?.Size ?? 0));
    }

    private async Task SealAsync(
        ConsoleDbContext db, SealStatements statements, TileFrontier tree, List<AuditEntry> waiting, CancellationToken cancellationToken)
    {
        long from = tree.Size;
        AuditEntryForm form = new();
        List<AuditLeaf> leaves = new(waiting.Count);
        foreach (AuditEntry entry in waiting)
        {
            if (entry is { Act: AuditAct.AuditKeyRotated, Subject: { } keyId })
            {
                // What waits is committed, so this holds even if this very transaction does not.
                keys.Adopt(keyId);
            }

            byte[] hash = new byte[MerkleHash.Size];
            form.LeafHash(entry, hash);
            leaves.Add(new AuditLeaf { Index = tree.Size, EntryId = entry.Id, Hash = hash });
            tree.Append(hash, tile => db.Add(tile));
        }

        await statements.InsertLeavesAsync(leaves, cancellationToken).ConfigureAwait(false);
        await statements.DeleteSealedAsync(from, cancellationToken).ConfigureAwait(false);
    }

    // The tree up to the last head must be the one that was signed; otherwise nothing more may be signed, or what was changed
    // would get a signature of its own.
    private async Task<TileFrontier> RestoreAsync(ConsoleDbContext db, AuditTreeHead? last, long size, CancellationToken cancellationToken)
    {
        long covered = last?.Size ?? 0;
        if (covered > size)
        {
            throw new AuditBrokenException($"The last head covers {covered} leaves, but there are {size}.");
        }

        TileFrontier tree = await new AuditTree(db, covered, roots).FrontierAsync(cancellationToken).ConfigureAwait(false);
        if (last is not null && !last.RootHash.AsSpan().SequenceEqual(tree.Root()))
        {
            throw new AuditBrokenException($"The leaves do not give the root of the head of {covered}.");
        }

        foreach (byte[] hash in await AuditTree.LeavesAsync(db, covered, size, cancellationToken).ConfigureAwait(false))
        {
            tree.Append(hash);
        }

        return tree;
    }

    // By the time of the heads as long as it runs forward, else by how long ago this node last signed.
    private bool IsDue(AuditTreeHead? last, DateTimeOffset now) => last is null
        || (now >= last.SignedAt ? now - last.SignedAt >= HeadEvery : _signed is not { } signed || clock.GetElapsedTime(signed) >= HeadEvery);

    private AuditTreeHead Sign(TileFrontier tree, DateTimeOffset now)
    {
        byte[] root = tree.Root();
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        SealSignature signature = keys.Sign(TreeHeadForm.Write(tree.Size, root, at));
        return new AuditTreeHead { Size = tree.Size, RootHash = root, SignedAt = at, KeyId = signature.KeyId, Signature = signature.Bytes };
    }
}
