using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A task and the lease on it.</summary>
internal sealed record TaskInHand(ActiveLease Lease, ReviewTask Task);

/// <summary>What is asked of tasks and leases for many at once.</summary>
internal static class TaskReads
{
    /// <summary>By task: it and its lease, tracked.</summary>
    public static Reading<long, TaskInHand> Held { get; } = new(async (db, tasks, cancellationToken) => (await (
        from lease in db.Set<ActiveLease>()
        join task in db.Set<ReviewTask>() on lease.TaskNumber equals task.Number
        where tasks.Contains(lease.TaskNumber)
        select new { lease, task }).ToListAsync(cancellationToken).ConfigureAwait(false))
        .ToDictionary(row => row.task.Number, row => new TaskInHand(row.lease, row.task)));

    /// <summary>By number: a task, tracked.</summary>
    public static Reading<long, ReviewTask> Tasks { get; } = new(async (db, tasks, cancellationToken) => await db.Set<ReviewTask>()
        .Where(row => tasks.Contains(row.Number)).ToDictionaryAsync(row => row.Number, cancellationToken).ConfigureAwait(false));

    /// <summary>By case: its open tasks, tracked.</summary>
    public static Reading<long, List<ReviewTask>> OpenOfCase { get; } = new(async (db, cases, cancellationToken) => (await db.Set<ReviewTask>()
        .Where(row => cases.Contains(row.CaseNumber) && (row.State == TaskState.Waiting || row.State == TaskState.Leased))
        .ToListAsync(cancellationToken).ConfigureAwait(false)).GroupBy(row => row.CaseNumber).ToDictionary(group => group.Key, group => group.ToList()));

    /// <summary>By task on a screen: whether others are shown with it as the same.</summary>
    public static Reading<long, bool> HasStack { get; } = new(async (db, tasks, cancellationToken) => (await db.Set<ActiveLease>()
        .Where(row => row.StackOf != null && tasks.Contains(row.StackOf.Value)).Select(row => row.StackOf!.Value).Distinct()
        .ToListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(task => task, _ => true));
}
