using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Decisions;

/// <summary>Takes tasks off the table for which there is nothing left to judge.</summary>
internal static class TaskWithdrawal
{
    /// <summary>Withdraws every open task that can change the case, but for one.</summary>
    public static async Task WithdrawOpenTasksAsync(
        this WriteScope scope, Caller caller, Case about, long? except, CancellationToken cancellationToken)
    {
        List<ReviewTask> open = await scope.Reads.FindAsync(TaskReads.OpenOfCase, about.Number, cancellationToken).ConfigureAwait(false) ?? [];
        foreach (ReviewTask task in open.Where(task => task.Number != except && task.ChangesCase))
        {
            await scope.WithdrawTaskAsync(caller, task, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Withdraws one open task and ends its lease; the desk that shows it learns by the event of the lease.</summary>
    /// <param name="releasesCaller">Whether a lease of the caller's own ends as given back, because it was they who had the task go.</param>
    public static async Task WithdrawTaskAsync(
        this WriteScope scope, Caller caller, ReviewTask task, CancellationToken cancellationToken, bool releasesCaller = false)
    {
        ActiveLease? lease = await scope.Db.Set<ActiveLease>()
            .SingleOrDefaultAsync(row => row.TaskNumber == task.Number, cancellationToken).ConfigureAwait(false);
        if (lease is not null)
        {
            bool given = releasesCaller && lease.PersonId == caller.Id;
            LeaseEnd end = given ? LeaseEnd.Released : LeaseEnd.Revoked;
            scope.CloseLease(lease, end);
            await scope.ReleaseStackAsync(caller, lease, end, cancellationToken).ConfigureAwait(false);
            scope.Record(caller, given ? AuditAct.LeaseReleased : AuditAct.LeaseRevoked, task.CaseNumber, task.Number);
        }

        await scope.StopWaitingAsync(task.Number, cancellationToken).ConfigureAwait(false);
        task.Withdraw(scope.Now);
        scope.Record(caller, AuditAct.TaskWithdrawn, task.CaseNumber, task.Number);
        scope.Publish(LiveKind.QueueChanged, queueId: task.QueueId);
    }
}
