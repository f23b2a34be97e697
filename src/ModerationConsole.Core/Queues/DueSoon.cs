using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;

namespace ModerationConsole.Core.Queues;

/// <summary>Tells those who look after queues of clocks that are about to run out, and of tasks that nobody may take.</summary>
internal sealed class DueSoon : IInboxSource
{
    private static readonly TimeSpan s_soon = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.ReassignTasks))
        {
            return [];
        }

        bool seesChildSafety = question.Permissions.Contains(Permission.ChildSafety);
        DateTimeOffset soon = question.Now + s_soon;
        var due = await (
            from row in question.Db.Set<WaitingTask>()
            join queue in question.Db.Set<CaseQueue>() on row.QueueId equals queue.Id
            // Nobody waits for what only measures; for an appeal someone does.
            where row.DueAt < soon && (row.Kind == TaskKind.Appeal || !TaskKinds.Measuring.Contains(row.Kind)) && (seesChildSafety || queue.Kind != QueueKind.ChildSafety)
            group row by new { queue.Id, queue.Name } into tasks
            select new { tasks.Key.Id, tasks.Key.Name, Count = tasks.Count(), Soonest = tasks.Min(row => row.DueAt), Latest = tasks.Max(row => row.DueAt) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var stranded = await (
            from row in question.Db.Set<StrandedTask>()
            join queue in question.Db.Set<CaseQueue>() on row.QueueId equals queue.Id
            where seesChildSafety || queue.Kind != QueueKind.ChildSafety
            group row by new { queue.Id, queue.Name } into tasks
            select new { tasks.Key.Id, tasks.Key.Name, Count = tasks.Count(), Since = tasks.Max(row => row.Since) }).ToListAsync(cancellationToken).ConfigureAwait(false);
        // An entry is as old as the youngest of what it counts, so that it comes back when another clock comes near.
        return
        [
            .. due.Select(queue => new InboxEntry(
                $"due:{queue.Id}", InboxKind.DueSoon, Instant.Cut(queue.Latest - s_soon), Subject: queue.Id.ToString(), Name: queue.Name, Count: queue.Count, DueAt: queue.Soonest)),
            .. stranded.Select(queue => new InboxEntry(
                $"nobody:{queue.Id}", InboxKind.NobodyMayTake, queue.Since, Subject: queue.Id.ToString(), Name: queue.Name, Count: queue.Count)),
        ];
    }
}
