using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A queue that a task may be moved to.</summary>
public sealed record MoveTarget(Guid Id, string Name, QueueKind Kind);

/// <summary>The queues that a task in hand may be moved to, by name, whether or not the caller works them.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ListMoveTargets(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>All queues that take tasks, but the one that the task came from.</summary>
    public async Task<IReadOnlyList<MoveTarget>> RunAsync(Caller caller, Guid fromQueueId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListMoveTargets>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<CaseQueue>().Where(row => !row.Archived && row.Id != fromQueueId).OrderBy(row => row.Name)
                .Select(row => new MoveTarget(row.Id, row.Name, row.Kind)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
