using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of moving a task to another queue.</summary>
public enum MoveOutcome
{
    Moved,

    /// <summary>The task is not in the person's hands, or no longer under that number.</summary>
    NotYours,

    /// <summary>It is in that queue already.</summary>
    SameQueue,

    /// <summary>There is no such queue, or it takes nothing new.</summary>
    QueueClosed,

    /// <summary>A child-safety item stays in queues of that kind.</summary>
    ChildSafetyStays,
}

/// <summary>Its holder sends a task to the queue where it belongs, whether or not they may work that queue themselves.</summary>
[Requires(Permission.ReviewCases)]
public sealed class MoveTask(WritePath writes, IAccessGuard guard, OfferRules rules) : IUseCase
{
    /// <summary>Ends the caller's lease; the task waits in the other queue with its priority and deadline.</summary>
    public async Task<MoveOutcome> RunAsync(Caller caller, long taskNumber, long fence, Guid queueId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MoveTask>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => MoveAsync(scope, caller, taskNumber, fence, queueId, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<MoveOutcome> MoveAsync(
        WriteScope scope, Caller caller, long taskNumber, long fence, Guid queueId, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, taskNumber, fence, cancellationToken).ConfigureAwait(false) is not var (lease, task))
        {
            return MoveOutcome.NotYours;
        }

        if (task.QueueId == queueId)
        {
            return MoveOutcome.SameQueue;
        }

        CaseQueue? queue = await scope.Db.Set<CaseQueue>().SingleOrDefaultAsync(row => row.Id == queueId && !row.Archived, cancellationToken).ConfigureAwait(false);
        if (queue is null)
        {
            return MoveOutcome.QueueClosed;
        }

        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (about.Sensitivity == Sensitivity.ChildSafety && queue.Kind != QueueKind.ChildSafety)
        {
            return MoveOutcome.ChildSafetyStays;
        }

        await scope.EndLeaseAsync(caller, lease, LeaseEnd.Released, cancellationToken, moveTo: queue).ConfigureAwait(false);
        await ExcludeMoverAsync(scope, caller, task, about, cancellationToken).ConfigureAwait(false);
        return MoveOutcome.Moved;
    }

    // Whoever says that a case belongs elsewhere does not want it back a moment later, unless there is nobody else to take it.
    private async Task ExcludeMoverAsync(WriteScope scope, Caller caller, ReviewTask task, Case about, CancellationToken cancellationToken)
    {
        Roster roster = await Roster.ReadAsync(scope.Db, rules, scope.Now, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Guid> able = await roster.AbleAsync(TaskBoard.AsWaiting(task, about), cancellationToken).ConfigureAwait(false);
        if (able.Contains(caller.Id) && able.Any(person => person != caller.Id))
        {
            await scope.ExcludeAsync(task.Number, caller.Id, cancellationToken).ConfigureAwait(false);
        }
    }
}
