using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Reveals for those who verify the audit.</summary>
internal sealed class AuditedReveals : IAuditedRecords
{
    public string Name => "reveal";

    public AuditAct Act => AuditAct.MediaViewed;

    public string? IdDetail => "reveal";

    public async IAsyncEnumerable<AuditedRecord> ReadAsync(
        ConsoleDbContext db, DateTimeOffset? since, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IQueryable<MediaReveal> rows = db.Set<MediaReveal>().AsNoTracking();
        if (since is { } from)
        {
            rows = rows.Where(row => row.RevealedAt >= from);
        }

        if (until is { } to)
        {
            rows = rows.Where(row => row.RevealedAt < to);
        }

        await foreach (MediaReveal row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new AuditedRecord(row.Id, row.CaseNumber, row.RevealedAt, row.Hash, RevealHash.Of(row));
        }
    }
}
