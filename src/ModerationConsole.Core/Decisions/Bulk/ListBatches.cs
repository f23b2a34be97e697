using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>A batch in one line.</summary>
/// <param name="At">When it was begun, or proposed where it was not, UTC.</param>
/// <param name="Cases">Cases in it.</param>
/// <param name="Done">Cases that something was done to and that can still be taken back.</param>
public sealed record BatchSummary(long Number, BulkAct Act, BatchState State, DateTimeOffset At, int Cases, int Done);

/// <summary>The caller's own batches, the newest first, so that one is found again to be taken back.</summary>
[Requires(Permission.ActInBulk)]
public sealed class ListBatches(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Batches that are listed at most.</summary>
    public const int Most = 50;

    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<BatchSummary>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListBatches>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from batch in db.Set<BulkBatch>().AsNoTracking()
                where batch.PersonId == caller.Id
                orderby batch.Number descending
                select new BatchSummary(
                    batch.Number, batch.Act, batch.State, batch.StartedAt ?? batch.ProposedAt,
                    db.Set<BatchMember>().Count(member => member.BatchNumber == batch.Number),
                    db.Set<BatchMember>().Count(member => member.BatchNumber == batch.Number && member.State == MemberState.Done)))
                .Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
