using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A lead moves a task to another queue, whether it waits or is in someone's hands.</summary>
[Requires(Permission.ReassignTasks)]
public sealed class MoveWaitingTask(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Moves it; whoever held it loses it. <see cref="MoveOutcome.NotYours"/> where there is no open task of that number.</summary>
    public async Task<MoveOutcome> RunAsync(Caller caller, long taskNumber, Guid queueId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MoveWaitingTask>(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => scope.MoveOpenTaskAsync(caller, taskNumber, queueId, seesChildSafety, token), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Moves open tasks from within another write.</summary>
internal static class TaskMoving
{
    public static async Task<MoveOutcome> MoveOpenTaskAsync(
        this WriteScope scope, Caller caller, long taskNumber, Guid queueId, bool seesChildSafety, CancellationToken cancellationToken)
    {
        ReviewTask? task = await scope.Db.Set<ReviewTask>().SingleOrDefaultAsync(row => row.Number == taskNumber, cancellationToken).ConfigureAwait(false);
        Case? about = task is null ? null : await scope.Db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (task is not { State: TaskState.Waiting or TaskState.Leased } || (about!.Sensitivity == Sensitivity.ChildSafety && !seesChildSafety))
        {
            return MoveOutcome.NotYours;
        }

        if (task.QueueId == queueId)
        {
            return MoveOutcome.SameQueue;
        }

        CaseQueue? queue = await scope.Db.Set<CaseQueue>().SingleOrDefaultAsync(row => row.Id == queueId && !row.Archived, cancellationToken).ConfigureAwait(false);
        if (queue is null || (about.Sensitivity == Sensitivity.ChildSafety && queue.Kind != QueueKind.ChildSafety))
        {
            return queue is null ? MoveOutcome.QueueClosed : MoveOutcome.ChildSafetyStays;
        }

        ActiveLease? lease = await scope.Db.Set<ActiveLease>().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false);
        if (lease is null)
        {
            await scope.RequeueAsync(caller, task, about, queue, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await scope.EndLeaseAsync(caller, lease, LeaseEnd.Revoked, cancellationToken, queue).ConfigureAwait(false);
        }

        return MoveOutcome.Moved;
    }
}
