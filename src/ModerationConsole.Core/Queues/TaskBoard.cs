using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Queues;

/// <summary>What every write that moves a task does, inside its transaction: task row, waiting row, lease row, history, audit and event together.</summary>
public static class TaskBoard
{
    /// <summary>Puts a new task for a case into a queue. The case must have its number already.</summary>
    /// <param name="without">People who are not to be offered it.</param>
    public static async Task<ReviewTask> QueueTaskAsync(
        this WriteScope scope, Caller caller, Case about, TaskKind kind, CaseQueue queue, int priority, DateTimeOffset dueAt,
        CancellationToken cancellationToken, IEnumerable<Guid>? without = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(queue);
        ReviewTask task = ReviewTask.Create(about.Number, about.CaseVersion, kind, queue.Id, priority, dueAt, scope.Now);
        scope.Db.Add(task);
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid person in without ?? [])
        {
            scope.Db.Add(new TaskExclusion { TaskNumber = task.Number, PersonId = person });
        }

        Wait(scope, task, about);
        scope.TellOf(task, about, CaseEventKind.Queued, subjectId: queue.Id, text: queue.Name);
        scope.Record(caller, AuditAct.TaskQueued, about.Number, task.Number, queue.Id.ToString());
        return task;
    }

    /// <summary>Puts a task into a person's hands. The caller has made sure that they may have it and that the place is free.</summary>
    /// <param name="fence">What <see cref="ReviewTask.Lease"/> or <see cref="ReviewTask.TakeBack"/> returned.</param>
    /// <param name="seat">Its seat in a stack, for a member of one.</param>
    public static ActiveLease AddLease(
        this WriteScope scope, Caller caller, ReviewTask task, long fence, Guid personId, LeaseSlot slot, LeaseOptions options, StackSeat? seat = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        ActiveLease lease = new()
        {
            TaskNumber = task.Number,
            CaseNumber = task.CaseNumber,
            ExclusiveKey = task.ChangesCase ? task.CaseNumber : -task.Number,
            PersonId = personId,
            Slot = slot,
            StackPlace = seat?.Place ?? 0,
            StackOf = seat?.Of.TaskNumber,
            Alike = seat?.Alike,
            Fence = fence,
            TakenAt = scope.Now,
            ShownAt = slot == LeaseSlot.Spare ? null : scope.Now,
            ExpiresAt = seat?.Of.ExpiresAt ?? scope.Now.AddSeconds(options.Seconds),
        };
        scope.Db.Add(lease);
        scope.Publish(LiveKind.QueueChanged, taskNumber: task.Number, queueId: task.QueueId);
        scope.Record(caller, AuditAct.TaskLeased, task.CaseNumber, task.Number);
        return lease;
    }

    /// <summary>Ends a lease. Unless it ended by a decision the task waits again; the caller ends the task otherwise.</summary>
    /// <param name="moveTo">The queue it waits in from now on; null for the one it came from.</param>
    public static async Task EndLeaseAsync(
        this WriteScope scope, Caller caller, ActiveLease lease, LeaseEnd end, CancellationToken cancellationToken, CaseQueue? moveTo = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(lease);
        // One that went with its stack in this very operation.
        if (scope.Db.Entry(lease).State == EntityState.Deleted)
        {
            return;
        }

        scope.CloseLease(lease, end);
        await scope.ReleaseStackAsync(caller, lease, end, cancellationToken).ConfigureAwait(false);
        if (end == LeaseEnd.Decided)
        {
            return;
        }

        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == lease.TaskNumber, cancellationToken).ConfigureAwait(false);
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == lease.CaseNumber, cancellationToken).ConfigureAwait(false);
        task.GoBack();
        scope.Record(caller, ActOf(end), lease.CaseNumber, lease.TaskNumber);
        if (moveTo is null)
        {
            scope.TellOf(task, about, CaseEventKind.WentBack);
        }
        else
        {
            Move(scope, caller, task, about, moveTo);
        }

        Wait(scope, task, about);
    }

    /// <summary>Ends a lease and leaves the task to the caller, who ends it or puts it elsewhere in the same transaction.</summary>
    internal static void CloseLease(this WriteScope scope, ActiveLease lease, LeaseEnd end)
    {
        scope.Db.Remove(lease);
        scope.Db.Add(new LeaseRecord
        {
            Id = lease.LeaseId,
            TaskNumber = lease.TaskNumber,
            PersonId = lease.PersonId,
            Fence = lease.Fence,
            TakenAt = lease.TakenAt,
            EndedAt = scope.Now,
            End = end,
        });
        scope.Publish(LiveKind.LeaseEnded, lease.ExclusiveKey > 0 ? lease.CaseNumber : null, lease.TaskNumber, personId: lease.PersonId, state: end.ToString());
    }

    /// <summary>The lease with which a person works a task, if it is still theirs; null when it ended or the number is stale.</summary>
    public static async Task<(ActiveLease Lease, ReviewTask Task)?> HeldAsync(
        this WriteScope scope, Guid personId, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await scope.Reads.FindAsync(TaskReads.Held, taskNumber, cancellationToken).ConfigureAwait(false) is { Lease: { } lease, Task: { } task }
            && lease.PersonId == personId && lease.Fence == fence && !lease.HasExpired(scope.Now)
                ? (lease, task)
                : null;
    }

    /// <summary>Ends everything that a person holds; returns how many leases that were.</summary>
    public static async Task<int> ReleaseAllOfAsync(this WriteScope scope, Caller caller, Guid personId, LeaseEnd end, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        List<ActiveLease> leases = await scope.Db.Set<ActiveLease>().Where(row => row.PersonId == personId)
            .OrderBy(row => row.Slot).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ActiveLease lease in leases)
        {
            await scope.EndLeaseAsync(caller, lease, end, cancellationToken).ConfigureAwait(false);
        }

        return leases.Count;
    }

    /// <summary>A person is not offered a task again. Others are.</summary>
    internal static async Task ExcludeAsync(this WriteScope scope, long taskNumber, Guid personId, CancellationToken cancellationToken)
    {
        if (!await scope.Db.Set<TaskExclusion>().AnyAsync(row => row.TaskNumber == taskNumber && row.PersonId == personId, cancellationToken).ConfigureAwait(false))
        {
            scope.Db.Add(new TaskExclusion { TaskNumber = taskNumber, PersonId = personId });
        }
    }

    /// <summary>Takes a waiting task's row out of the claim order, because it is leased, done or withdrawn.</summary>
    public static async Task StopWaitingAsync(this WriteScope scope, long taskNumber, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        WaitingTask? waiting = await scope.Db.Set<WaitingTask>().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false);
        if (waiting is not null)
        {
            scope.Db.Remove(waiting);
        }
    }

    /// <summary>Puts a task that waits, for the first time or again, into the claim order.</summary>
    internal static void Wait(WriteScope scope, ReviewTask task, Case about)
    {
        scope.Db.Add(AsWaiting(task, about));
        scope.Publish(LiveKind.CaseQueued, task.ChangesCase ? task.CaseNumber : null, task.Number, task.QueueId, childSafety: about.Sensitivity == Sensitivity.ChildSafety);
    }

    // What measures must not show: neither in a case's history nor to those who watch it.
    private static void TellOf(this WriteScope scope, ReviewTask task, Case about, CaseEventKind kind, Guid? subjectId = null, string? text = null)
    {
        if (task.ChangesCase)
        {
            scope.Tell(about, kind, subjectId: subjectId, text: text);
        }
    }

    /// <summary>A task as it stands in the claim order.</summary>
    internal static WaitingTask AsWaiting(ReviewTask task, Case about) => new()
    {
        TaskNumber = task.Number,
        CaseNumber = task.CaseNumber,
        QueueId = task.QueueId,
        Priority = task.Priority,
        DueAt = task.DueAt,
        Kind = task.Kind,
        Sensitivity = about.Sensitivity,
        Language = ReviewLanguage.Of(about.Language),
        Since = task.CreatedAt,
    };

    /// <summary>Changes the queue of a task that waits; history and audit say where to, not why.</summary>
    internal static void Move(WriteScope scope, Caller caller, ReviewTask task, Case about, CaseQueue to)
    {
        task.MoveTo(to.Id);
        scope.TellOf(task, about, CaseEventKind.Moved, subjectId: to.Id, text: to.Name);
        scope.Record(caller, AuditAct.TaskMoved, task.CaseNumber, task.Number, to.Id.ToString());
    }

    /// <summary>Puts a waiting task where it now belongs and tells those who watch; an unchanged one is left alone.</summary>
    internal static async Task RequeueAsync(
        this WriteScope scope, Caller caller, ReviewTask task, Case about, CaseQueue to, CancellationToken cancellationToken)
    {
        WaitingTask waiting = await scope.Db.Set<WaitingTask>().SingleAsync(row => row.TaskNumber == task.Number, cancellationToken).ConfigureAwait(false);
        if (task.QueueId != to.Id)
        {
            scope.Publish(LiveKind.QueueChanged, taskNumber: task.Number, queueId: task.QueueId);
            Move(scope, caller, task, about, to);
        }
        else if ((waiting.Priority, waiting.DueAt, waiting.Sensitivity) == (task.Priority, task.DueAt, about.Sensitivity))
        {
            return;
        }

        (waiting.QueueId, waiting.Priority, waiting.DueAt, waiting.Sensitivity) = (task.QueueId, task.Priority, task.DueAt, about.Sensitivity);
        scope.Publish(LiveKind.CaseQueued, about.Number, task.Number, task.QueueId, childSafety: about.Sensitivity == Sensitivity.ChildSafety);
    }

    private static AuditAct ActOf(LeaseEnd end) => end switch
    {
        LeaseEnd.Released => AuditAct.LeaseReleased,
        LeaseEnd.Expired => AuditAct.LeaseExpired,
        LeaseEnd.Revoked => AuditAct.LeaseRevoked,
        LeaseEnd.Decided => AuditAct.DecisionMade,
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };
}
