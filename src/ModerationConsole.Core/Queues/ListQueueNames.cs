using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A queue to choose or to name.</summary>
public sealed record QueueName(Guid Id, string Name, bool Archived);

/// <summary>Names of all queues, so that pages can filter by them and say a name instead of an id.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListQueueNames(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them by name.</summary>
    public async Task<IReadOnlyList<QueueName>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListQueueNames>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<CaseQueue>().AsNoTracking().OrderBy(queue => queue.Name)
                .Select(queue => new QueueName(queue.Id, queue.Name, queue.Archived)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
