using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>Recomputes the hashes of records and holds them against those that the audit holds.</summary>
internal sealed class RecordVerifier(
    IDbContextFactory<ConsoleDbContext> contexts, IEnumerable<IAuditedRecords> kinds, FindingList findings, RecordHashes held)
{
    public long Records { get; private set; }

    /// <summary>Verifies all records, or those since a time and before another.</summary>
    /// <param name="all">Whether all entries were read, so that a record without one is wrong.</param>
    public async Task RunAsync(DateTimeOffset? since, DateTimeOffset? until, bool all, CancellationToken cancellationToken)
    {
        foreach (IAuditedRecords kind in kinds)
        {
            ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                await foreach (AuditedRecord record in kind.ReadAsync(db, since, until, cancellationToken).ConfigureAwait(false))
                {
                    Records++;
                    await CheckAsync(kind, record, all, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task CheckAsync(IAuditedRecords kind, AuditedRecord record, bool all, CancellationToken cancellationToken)
    {
        bool same = record.Stored.AsSpan().SequenceEqual(record.Recomputed);
        // What was erased may have its entry in another stretch: it is looked for, always.
        bool wanted = all || record.Erased;
        bool? holds = record.Erased ? null : held.Holds(kind.Act, record.Id, record.Recomputed);
        if (same && holds is null && wanted)
        {
            // Its entry may have come after the leaves were counted.
            holds = await HoldsAsync(kind, record, cancellationToken).ConfigureAwait(false);
        }

        if (!same || holds == false)
        {
            findings.Add(new AuditFinding(AuditFault.RecordChanged, kind.Name, record.CaseNumber ?? 0, record.Id.ToString()));
        }
        else if (wanted && holds is null)
        {
            findings.Add(new AuditFinding(AuditFault.RecordUnproved, kind.Name, record.CaseNumber ?? 0, record.Id.ToString()));
        }
    }

    private async Task<bool?> HoldsAsync(IAuditedRecords kind, AuditedRecord record, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            AuditAct act = record.Erased ? kind.ErasedAct ?? kind.Act : kind.Act;
            List<AuditEntry> entries = await db.Set<AuditEntry>().AsNoTracking()
                .Where(row => row.CaseNumber == record.CaseNumber && row.Act == act && row.At >= record.MadeAt).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (AuditEntry entry in entries)
            {
                if (RecordHashes.Read(entry, record.Erased ? null : kind.IdDetail) is var (id, hash) && id == record.Id)
                {
                    return hash == RecordHashes.Half(record.Recomputed);
                }
            }

            return null;
        }
    }
}
