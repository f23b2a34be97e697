using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>A task in someone's hands, as a lead sees it.</summary>
/// <param name="ShownAt">Since when it is on the holder's screen, UTC; null while it is only drawn ahead.</param>
public sealed record HeldTask(long TaskNumber, Guid QueueId, string QueueName, Guid PersonId, string PersonName, DateTimeOffset TakenAt, DateTimeOffset? ShownAt);

/// <summary>Who works on what at the moment, for those who may take tasks back.</summary>
[Requires(Permission.ReassignTasks)]
public sealed class ListHeldTasks(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Most = 1_000;

    /// <summary>The tasks in hand, of one queue or of all, those held longest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<HeldTask>> RunAsync(Caller caller, Guid? queueId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListHeldTasks>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from lease in db.Set<ActiveLease>()
                join task in db.Set<ReviewTask>() on lease.TaskNumber equals task.Number
                join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
                join person in db.Set<Moderator>() on lease.PersonId equals person.Id
                where queueId == null || task.QueueId == queueId
                orderby lease.TakenAt, lease.TaskNumber
                select new HeldTask(task.Number, queue.Id, queue.Name, person.Id, person.DisplayName, lease.TakenAt, lease.ShownAt))
                .Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
