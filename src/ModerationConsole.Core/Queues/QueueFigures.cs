using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>How a queue stands.</summary>
/// <param name="Waiting">Tasks that wait.</param>
/// <param name="OldestSince">Since when the one that waits longest does, UTC.</param>
/// <param name="DueSoonest">The nearest deadline, UTC.</param>
/// <param name="Overdue">Tasks past their deadline.</param>
/// <param name="DueWithinHour">Tasks whose deadline is less than an hour away and has not passed.</param>
public sealed record QueueFigures(int Waiting = 0, DateTimeOffset? OldestSince = null, DateTimeOffset? DueSoonest = null, int Overdue = 0, int DueWithinHour = 0)
{
    internal static async Task<IReadOnlyDictionary<Guid, QueueFigures>> ReadAsync(
        ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset hour = now.AddHours(1);
        var rows = await db.Set<WaitingTask>().GroupBy(row => row.QueueId)
            .Select(group => new
            {
                group.Key,
                Waiting = group.Count(),
                Oldest = group.Min(row => row.Since),
                Due = group.Min(row => row.DueAt),
                Overdue = group.Count(row => row.DueAt < now),
                Soon = group.Count(row => row.DueAt >= now && row.DueAt < hour),
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(
            row => row.Key, row => new QueueFigures(row.Waiting, row.Oldest, row.Due == Instant.Never ? null : row.Due, row.Overdue, row.Soon));
    }
}
