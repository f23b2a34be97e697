using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Batches that wait for a second person, the longest waiting first, with what would be done and to how many; never content.</summary>
[Requires(Permission.ApproveBulk)]
public sealed class ListAskedBatches(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IOptions<MassActionOptions> options, TimeProvider clock) : IUseCase
{
    /// <summary>Batches that are listed at most.</summary>
    public const int Most = 50;

    /// <summary>Lists them, the caller's own among them: those others answer.</summary>
    public async Task<IReadOnlyList<BatchView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListAskedBatches>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset since = clock.Now() - options.Value.Wait;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var asked = await (
                from batch in db.Set<BulkBatch>().AsNoTracking()
                join person in db.Set<Moderator>() on batch.PersonId equals person.Id
                where batch.State == BatchState.Asked && batch.AskedAt > since
                orderby batch.AskedAt, batch.Number
                select new { Batch = batch, person.DisplayName }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<BatchView> views = [];
            foreach (var row in asked)
            {
                views.Add(await ReadBatch.ReadAsync(db, row.Batch, row.DisplayName, caller, options.Value, clock.Now(), cancellationToken).ConfigureAwait(false));
            }

            return views;
        }
    }
}
