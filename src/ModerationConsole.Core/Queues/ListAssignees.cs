using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>Someone whom a task may be meant for.</summary>
public sealed record Assignee(Guid Id, string Name);

/// <summary>The people who may work a queue, by name.</summary>
[Requires(Permission.ReassignTasks)]
public sealed class ListAssignees(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them.</summary>
    public async Task<IReadOnlyList<Assignee>> RunAsync(Caller caller, Guid queueId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListAssignees>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<Moderator>().AsNoTracking()
                .Where(person => !person.Disabled && db.Set<QueueAccess>().Any(access => access.QueueId == queueId
                    && (access.PersonId == person.Id || (access.TeamId != null && access.TeamId == person.TeamId))))
                .OrderBy(person => person.DisplayName).Select(person => new Assignee(person.Id, person.DisplayName)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
