using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>Tells where cases stand by their tasks.</summary>
internal sealed class CaseWhereaboutsOfTasks : ICaseWhereabouts
{
    public IQueryable<long> CasesOf(ConsoleDbContext db, Guid queueId) =>
        db.Set<ReviewTask>().Where(task => task.QueueId == queueId).Select(task => task.CaseNumber);

    public IQueryable<long> PastDue(ConsoleDbContext db, DateTimeOffset now) =>
        db.Set<ReviewTask>()
            .Where(task => (task.State == TaskState.Waiting || task.State == TaskState.Leased) && task.DueAt < now)
            .Select(task => task.CaseNumber);

    public async Task<IReadOnlyDictionary<long, CaseWhereabouts>> OfAsync(
        ConsoleDbContext db, IReadOnlyCollection<long> caseNumbers, CancellationToken cancellationToken)
    {
        var tasks = await (
            from task in db.Set<ReviewTask>().AsNoTracking()
            join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
            // Quality work on a case says nothing of where the case stands, and must not show.
            where caseNumbers.Contains(task.CaseNumber)
                && !TaskKinds.Measuring.Contains(task.Kind)
            select new { task.Number, task.CaseNumber, task.State, task.DueAt, queue.Id, queue.Name }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return tasks.GroupBy(task => task.CaseNumber).ToDictionary(
            group => group.Key,
            group =>
            {
                // An open task, if there is one, says more than a later one that is over.
                var latest = group.OrderByDescending(task => task.State is TaskState.Waiting or TaskState.Leased).ThenByDescending(task => task.Number).First();
                bool open = latest.State is TaskState.Waiting or TaskState.Leased;
                return new CaseWhereabouts(
                    latest.Id, latest.Name, latest.State == TaskState.Waiting, latest.State == TaskState.Leased,
                    open && latest.DueAt < Instant.Never ? latest.DueAt : null);
            });
    }
}
