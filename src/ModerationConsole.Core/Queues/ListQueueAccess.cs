using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>A person or team that may work a queue.</summary>
public sealed record QueueAccessHolder(Guid Id, string Name);

/// <summary>Who may work a queue, by name.</summary>
public sealed record QueueAccessList(Guid QueueId, IReadOnlyList<QueueAccessHolder> People, IReadOnlyList<QueueAccessHolder> Teams);

/// <summary>Reads who may work a queue.</summary>
[Requires(Permission.ManageQueues)]
public sealed class ListQueueAccess(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The people and teams; both empty for a queue that is not there.</summary>
    public async Task<QueueAccessList> RunAsync(Caller caller, Guid queueId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListQueueAccess>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<QueueAccessHolder> people = await (
                from access in db.Set<QueueAccess>()
                join person in db.Set<Moderator>() on access.PersonId equals person.Id
                where access.QueueId == queueId
                orderby person.DisplayName, person.Id
                select new QueueAccessHolder(person.Id, person.DisplayName)).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<QueueAccessHolder> teams = await (
                from access in db.Set<QueueAccess>()
                join team in db.Set<Team>() on access.TeamId equals team.Id
                where access.QueueId == queueId
                orderby team.Name
                select new QueueAccessHolder(team.Id, team.Name)).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new QueueAccessList(queueId, people, teams);
        }
    }
}
