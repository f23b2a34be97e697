using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>A lead opens a paused queue before its time.</summary>
[Requires(Permission.ReassignTasks)]
public sealed class ResumeQueue(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Opens it; false when it is not paused.</summary>
    public async Task<bool> RunAsync(Caller caller, Guid queueId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ResumeQueue>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => scope.ResumeAsync(caller, queueId, token), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Opens paused queues, whoever or whatever ends the pause.</summary>
internal static class QueueResuming
{
    // More desks than this wait for one queue nowhere; those that come later claim for themselves.
    private const int MostWoken = 100;

    public static async Task<bool> ResumeAsync(this WriteScope scope, Caller caller, Guid queueId, CancellationToken cancellationToken)
    {
        CaseQueue? queue = await scope.Db.Set<CaseQueue>().SingleOrDefaultAsync(row => row.Id == queueId && row.PausedUntil != null, cancellationToken).ConfigureAwait(false);
        if (queue is null)
        {
            return false;
        }

        (queue.PausedUntil, queue.PausedBy, queue.PauseNote) = (null, null, "");
        scope.Record(caller, AuditAct.QueueResumed, subject: queue.Id.ToString());
        scope.Publish(LiveKind.QueueChanged, queueId: queue.Id, state: "resumed");
        // Desks that wait are asked once for each task that may be taken again.
        List<WaitingTask> waiting = await scope.Db.Set<WaitingTask>().AsNoTracking().Where(row => row.QueueId == queueId)
            .OrderByDescending(row => row.Priority).ThenBy(row => row.DueAt).ThenBy(row => row.TaskNumber).Take(MostWoken)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (WaitingTask task in waiting)
        {
            scope.Publish(LiveKind.CaseQueued, task.CaseNumber, task.TaskNumber, queueId, childSafety: task.Sensitivity == Sensitivity.ChildSafety);
        }

        return true;
    }
}
