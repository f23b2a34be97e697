using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>
/// Recomputes the audit: each leaf from its entry, each tile, each head's root and signature, and the hashes of the records that
/// entries vouch for. Reads only.
/// </summary>
[Requires(Permission.ViewAudit)]
public sealed class VerifyAudit(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SealingKeys keys, DatabaseOptions options, IEnumerable<IAuditedRecords> kinds) : IUseCase
{
    /// <summary>Verifies from a leaf on; 0 verifies all.</summary>
    /// <param name="from">Index of the first leaf. Leaves before it are taken as stored, records older than it are left out, and entries that are in no leaf are not looked for.</param>
    /// <param name="progress">Told how many leaves are done, now and then.</param>
    public async Task<AuditVerification> RunAsync(Caller caller, long from, Action<long>? progress, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<VerifyAudit>(caller, cancellationToken).ConfigureAwait(false);
        return await RunAsync(from, null, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Verifies the leaves of a stretch alone; what it ends with is a head's last leaf, or nothing vouches for what follows the stretch's last head.</summary>
    internal Task<AuditVerification> RunAsync(long from, long to, CancellationToken cancellationToken) => RunAsync(from, to, null, cancellationToken);

    private async Task<AuditVerification> RunAsync(long from, long? to, Action<long>? progress, CancellationToken cancellationToken)
    {
        FindingList findings = new();
        RecordHashes hashes = new(kinds);
        RemovedLeaves removed = await RemovedLeaves.ReadAsync(contexts, cancellationToken).ConfigureAwait(false);
        Extent extent = await MeasureAsync(from, to, removed.Count, findings, cancellationToken).ConfigureAwait(false);

        long begun = Stopwatch.GetTimestamp();
        TreeVerifier tree = new(contexts, options, keys.PublicKeys(), findings, hashes, removed);
        await tree.RunAsync(extent.From, extent.Size, progress, cancellationToken).ConfigureAwait(false);
        TimeSpan treeTime = Stopwatch.GetElapsedTime(begun);

        begun = Stopwatch.GetTimestamp();
        RecordVerifier records = new(contexts, kinds, findings, hashes);
        await records.RunAsync(extent.Since, extent.Until, all: extent.From == 0 && to is null, cancellationToken).ConfigureAwait(false);
        return new AuditVerification
        {
            From = extent.From,
            Size = extent.Size,
            Entries = tree.Entries,
            Heads = tree.Heads,
            Tiles = tree.Tiles,
            Records = records.Records,
            Waiting = extent.Waiting,
            Head = tree.Head,
            Findings = findings.Kept,
            Wrong = findings.Count,
            TreeTime = treeTime,
            RecordTime = Stopwatch.GetElapsedTime(begun),
        };
    }

    // The newest head is asked for before the leaves are counted: what is sealed meanwhile is not missed in it.
    private async Task<Extent> MeasureAsync(long from, long? to, long removed, FindingList findings, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            long covered = await db.Set<AuditTreeHead>().MaxAsync(head => (long?)head.Size, cancellationToken).ConfigureAwait(false) ?? 0;
            long size = (await db.Set<AuditLeaf>().MaxAsync(leaf => (long?)leaf.Index, cancellationToken).ConfigureAwait(false) ?? -1) + 1;
            if (covered > size)
            {
                findings.Add(new AuditFinding(AuditFault.LeafMissing, "leaf", size, $"The newest head covers {covered}."));
            }

            from = Math.Clamp(from, 0, size);
            size = Math.Clamp(to ?? size, from, size);
            if (from == 0 && to is null)
            {
                await FindForeignAsync(db, removed, findings, cancellationToken).ConfigureAwait(false);
            }

            DateTimeOffset? since = from == 0 ? null : await AtAsync(db, from, cancellationToken).ConfigureAwait(false) ?? DateTimeOffset.MaxValue;
            DateTimeOffset? until = to is null ? null : await AtAsync(db, size, cancellationToken).ConfigureAwait(false);
            return new Extent(from, size, since, until, await db.Set<AuditUnsealed>().CountAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private static Task<DateTimeOffset?> AtAsync(ConsoleDbContext db, long from, CancellationToken cancellationToken) => (
        from leaf in db.Set<AuditLeaf>()
        join entry in db.Set<AuditEntry>() on leaf.EntryId equals entry.Id
        where leaf.Index >= @from
        orderby leaf.Index
        select (DateTimeOffset?)entry.At).FirstOrDefaultAsync(cancellationToken);

    // One statement each, because what is sealed between two of them would look missing.
    private static async Task FindForeignAsync(ConsoleDbContext db, long removed, FindingList findings, CancellationToken cancellationToken)
    {
        Counts counts = await db.Database.SqlQuery<Counts>(
            $"""
            SELECT (SELECT CAST(COUNT(*) AS bigint) FROM audit_entry) AS "Entries",
                   (SELECT CAST(COUNT(*) AS bigint) FROM audit_leaf) AS "Leaves",
                   (SELECT CAST(COUNT(*) AS bigint) FROM audit_unsealed) AS "Waiting"
            """).SingleAsync(cancellationToken).ConfigureAwait(false);
        if (counts.Entries == counts.Leaves + counts.Waiting - removed)
        {
            return;
        }

        List<long> foreign = await db.Set<AuditEntry>()
            .Where(entry => !db.Set<AuditLeaf>().Any(leaf => leaf.EntryId == entry.Id) && !db.Set<AuditUnsealed>().Any(row => row.EntryId == entry.Id))
            .OrderBy(entry => entry.Number).Select(entry => entry.Number).Take(100).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreign.ForEach(number => findings.Add(new AuditFinding(AuditFault.EntryForeign, "entry", number)));
        List<Guid> gone = await db.Set<AuditUnsealed>().Where(row => !db.Set<AuditEntry>().Any(entry => entry.Id == row.EntryId))
            .Select(row => row.EntryId).Take(100).ToListAsync(cancellationToken).ConfigureAwait(false);
        gone.ForEach(id => findings.Add(new AuditFinding(AuditFault.EntryMissing, "entry", 0, id.ToString())));
    }

    private sealed record Extent(long From, long Size, DateTimeOffset? Since, DateTimeOffset? Until, long Waiting);

    private sealed record Counts(long Entries, long Leaves, long Waiting);
}
