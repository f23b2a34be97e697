using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>A task that waits, as a lead sees it.</summary>
/// <param name="Since">Since when it is to be done, UTC.</param>
/// <param name="DueAt">Deadline, UTC; null for none.</param>
/// <param name="MeantFor">Name of the person whom it is meant for.</param>
public sealed record WaitingLine(long TaskNumber, long CaseNumber, Sensitivity Sensitivity, string? Language, DateTimeOffset Since, DateTimeOffset? DueAt, string? MeantFor);

/// <summary>What waits in a queue in the order in which it is offered.</summary>
[Requires(Permission.ReassignTasks)]
public sealed class ListWaitingTasks(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Most = 200;

    /// <summary>The next ones, at most 200. Quality work is not among them: it must not stand out.</summary>
    public async Task<IReadOnlyList<WaitingLine>> RunAsync(Caller caller, Guid queueId, int count, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListWaitingTasks>(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from row in db.Set<WaitingTask>().AsNoTracking()
                join meant in db.Set<TaskReservation>() on row.TaskNumber equals meant.TaskNumber into reservations
                from meant in reservations.DefaultIfEmpty()
                join person in db.Set<Moderator>() on meant.PersonId equals person.Id into people
                from person in people.DefaultIfEmpty()
                where row.QueueId == queueId && (seesChildSafety || row.Sensitivity != Sensitivity.ChildSafety)
                    && !TaskKinds.Measuring.Contains(row.Kind)
                orderby row.Priority descending, row.DueAt, row.TaskNumber
                select new WaitingLine(
                    row.TaskNumber, row.CaseNumber, row.Sensitivity, row.Language, row.Since, row.DueAt == Instant.Never ? null : row.DueAt,
                    person == null ? null : person.DisplayName))
                .Take(Math.Clamp(count, 1, Most)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
