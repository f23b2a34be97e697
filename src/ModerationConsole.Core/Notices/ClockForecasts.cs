using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>Where the case of a clock stands.</summary>
/// <param name="TaskNumber">The task that waits or is in hand.</param>
/// <param name="InHandSince">Since when someone has it, UTC; null while it waits.</param>
internal sealed record ClockStanding(long TaskNumber, Guid QueueId, string QueueName, DateTimeOffset? InHandSince, Guid? HolderId, string? HolderName)
{
    /// <summary>Where it stands in its queue: how many come before it.</summary>
    public int Ahead { get; init; }

    public QueuePace Pace { get; init; }

    public bool NobodyMayTake { get; init; }

    public DateTimeOffset? OpensAt { get; init; }

    public BreachForecast Forecast(DateTimeOffset now, DateTimeOffset dueAt) => InHandSince is { } since
        ? BreachForecast.InHand(since, Pace, now, dueAt)
        : BreachForecast.Waiting(Ahead, Pace, NobodyMayTake, OpensAt, now, dueAt);
}

/// <summary>Reads where the cases of clocks stand, and how fast their queues move.</summary>
internal static class ClockForecasts
{
    private const int Newest = 500;
    private const int Furthest = 5_000;

    // What one decision takes where nobody decided lately.
    private static readonly TimeSpan s_usual = TimeSpan.FromMinutes(2);

    /// <summary>By case: where it stands. A case without an open task is left out.</summary>
    public static async Task<IReadOnlyDictionary<long, ClockStanding>> ReadAsync(
        ConsoleDbContext db, IReadOnlyList<long> cases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tasks = await (
            from task in db.Set<ReviewTask>()
            join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
            join lease in db.Set<ActiveLease>() on task.Number equals lease.TaskNumber into leases
            from lease in leases.DefaultIfEmpty()
            join person in db.Set<Moderator>() on lease.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            where cases.Contains(task.CaseNumber) && (task.State == TaskState.Waiting || task.State == TaskState.Leased)
                && (task.Kind == TaskKind.First || task.Kind == TaskKind.Second || task.Kind == TaskKind.Expert)
            select new
            {
                task.CaseNumber, task.Number, queue.Id, queue.Name, queue.PausedUntil,
                TakenAt = lease == null ? null : (DateTimeOffset?)(lease.ShownAt ?? lease.TakenAt),
                HolderId = person == null ? null : (Guid?)person.Id,
                Holder = person == null ? null : person.DisplayName,
                Stranded = db.Set<StrandedTask>().Any(row => row.TaskNumber == task.Number),
            }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<Guid, QueuePace> paces = await PacesAsync(db, [.. tasks.Select(row => row.Id).Distinct()], now, cancellationToken).ConfigureAwait(false);
        Dictionary<long, int> places = [];
        foreach (Guid queue in tasks.Where(row => row.TakenAt is null).Select(row => row.Id).Distinct())
        {
            List<long> order = await db.Set<WaitingTask>().Where(row => row.QueueId == queue)
                .OrderByDescending(row => row.Priority).ThenBy(row => row.DueAt).ThenBy(row => row.TaskNumber)
                .Select(row => row.TaskNumber).Take(Furthest).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach ((int place, long number) in order.Index())
            {
                places[number] = place;
            }
        }

        return tasks.OrderBy(row => row.Number).GroupBy(row => row.CaseNumber).ToDictionary(rows => rows.Key, rows => rows.Last() is var row
            ? new ClockStanding(row.Number, row.Id, row.Name, row.TakenAt, row.HolderId, row.Holder)
            {
                Ahead = places.GetValueOrDefault(row.Number, Furthest),
                Pace = paces[row.Id],
                NobodyMayTake = row.Stranded,
                OpensAt = row.PausedUntil,
            }
            : null!);
    }

    private static async Task<Dictionary<Guid, QueuePace>> PacesAsync(ConsoleDbContext db, IReadOnlyList<Guid> queues, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (queues.Count == 0)
        {
            return [];
        }

        DateTimeOffset since = now.AddDays(-1);
        var made = await (
            from decision in db.MadeAtDesks(since)
            join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
            orderby decision.DecidedAt descending
            select new { task.QueueId, decision.HandlingSeconds }).Take(Newest).ToListAsync(cancellationToken).ConfigureAwait(false);
        var working = await (
            from access in db.Set<QueueAccess>()
            from person in db.AtWork(now)
            where queues.Contains(access.QueueId) && (access.PersonId == person.Id || access.TeamId == person.TeamId)
            select new { access.QueueId, person.Id }).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        TimeSpan usual = Usual(made.Select(row => row.HandlingSeconds)) ?? s_usual;
        return queues.ToDictionary(queue => queue, queue => new QueuePace(
            working.Count(row => row.QueueId == queue), Usual(made.Where(row => row.QueueId == queue).Select(row => row.HandlingSeconds)) ?? usual));
    }

    private static TimeSpan? Usual(IEnumerable<double> seconds) =>
        seconds.ToArray() is { Length: > 0 } some ? TimeSpan.FromSeconds(Math.Max(1, some.Average())) : null;
}
