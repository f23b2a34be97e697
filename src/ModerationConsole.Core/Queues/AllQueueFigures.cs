using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>How all queues stand: one count for every desk that asks at the same time.</summary>
public sealed class AllQueueFigures(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock)
{
    private readonly SharedReads<int, IReadOnlyDictionary<Guid, QueueFigures>> _reads = new();

    /// <summary>Reads them; a queue in which nothing waits is left out.</summary>
    internal Task<IReadOnlyDictionary<Guid, QueueFigures>> ReadAsync(CancellationToken cancellationToken) => _reads.GetAsync(0, CountAsync, cancellationToken);

    private async Task<IReadOnlyDictionary<Guid, QueueFigures>> CountAsync()
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await QueueFigures.ReadAsync(db, clock.Now(), CancellationToken.None).ConfigureAwait(false);
        }
    }
}
