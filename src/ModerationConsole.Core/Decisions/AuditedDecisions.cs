using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions;

/// <summary>Decisions for those who verify the audit.</summary>
internal sealed class AuditedDecisions : IAuditedRecords
{
    public string Name => "decision";

    public AuditAct Act => AuditAct.DecisionMade;

    public AuditAct? ErasedAct => AuditAct.DecisionErased;

    public async IAsyncEnumerable<AuditedRecord> ReadAsync(
        ConsoleDbContext db, DateTimeOffset? since, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IQueryable<Decision> rows = db.Set<Decision>().AsNoTracking();
        if (since is { } from)
        {
            rows = rows.Where(row => row.DecidedAt >= from);
        }

        if (until is { } to)
        {
            rows = rows.Where(row => row.DecidedAt < to);
        }

        await foreach (Decision row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new AuditedRecord(row.Id, row.CaseNumber, row.DecidedAt, row.Hash, DecisionHash.Of(row), row.ErasedAt is not null);
        }
    }
}
