using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>What became of marking a case.</summary>
public enum MarkChildSafetyOutcome
{
    /// <summary>Only those with the permission see it from now on.</summary>
    Marked,

    /// <summary>The task is no longer the person's.</summary>
    LeaseLost,

    /// <summary>It was marked before; the task stays with the person.</summary>
    AlreadyMarked,
}

/// <summary>
/// Says that the item on the screen concerns child safety. Every case of the item and its media are marked in the same moment, the
/// tasks go to the child-safety queue, whoever holds one loses it, and quality work on it ends.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class MarkChildSafety(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Marks the item of the caller's task.</summary>
    public async Task<MarkChildSafetyOutcome> RunAsync(Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MarkChildSafety>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => MarkAsync(scope, caller, taskNumber, fence, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<MarkChildSafetyOutcome> MarkAsync(
        WriteScope scope, Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, taskNumber, fence, cancellationToken).ConfigureAwait(false) is not { Lease.Slot: LeaseSlot.Shown } mine)
        {
            return MarkChildSafetyOutcome.LeaseLost;
        }

        List<Case> cases = await CasesOfItemAsync(scope.Db, mine.Task.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (cases.TrueForAll(about => about.Sensitivity == Sensitivity.ChildSafety))
        {
            return MarkChildSafetyOutcome.AlreadyMarked;
        }

        CaseQueue queue = await scope.QueueOfKindAsync(QueueKind.ChildSafety, cancellationToken).ConfigureAwait(false);
        foreach (Case about in cases.Where(about => about.Sensitivity != Sensitivity.ChildSafety))
        {
            // First the mark: whatever is published below must already be for the few who may know.
            about.Sensitivity = Sensitivity.ChildSafety;
            await FlagMediaAsync(scope.Db, about.ItemVersionId, cancellationToken).ConfigureAwait(false);
            await DivertTasksAsync(scope, caller, about, queue, cancellationToken).ConfigureAwait(false);
            scope.Tell(about, CaseEventKind.ChildSafety);
            scope.Record(caller, AuditAct.CaseMarkedChildSafety, about.Number, taskNumber);
            scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: true);
        }

        return MarkChildSafetyOutcome.Marked;
    }

    // An edit does not make it another matter: older and newer versions of the item are marked with it.
    private static Task<List<Case>> CasesOfItemAsync(ConsoleDbContext db, long caseNumber, CancellationToken cancellationToken) => (
        from judged in db.Set<Case>()
        join version in db.Set<ItemVersion>() on judged.ItemVersionId equals version.Id
        join other in db.Set<ItemVersion>() on new { version.TypeId, version.ItemId } equals new { other.TypeId, other.ItemId }
        join about in db.Set<Case>() on other.Id equals about.ItemVersionId
        where judged.Number == caseNumber
        select about).ToListAsync(cancellationToken);

    private static async Task FlagMediaAsync(ConsoleDbContext db, Guid itemVersionId, CancellationToken cancellationToken)
    {
        List<MediaObject> media = await (
            from link in db.Set<ItemMedia>()
            join row in db.Set<MediaObject>() on link.MediaId equals row.Id
            where link.ItemVersionId == itemVersionId
            select row).ToListAsync(cancellationToken).ConfigureAwait(false);
        string[] hashes = [.. media.Select(row => row.Sha256).OfType<string>().Distinct()];
        // The same bytes under another address are the same picture.
        media.AddRange(await db.Set<MediaObject>().Where(row => row.Sha256 != null && hashes.Contains(row.Sha256)).ToListAsync(cancellationToken).ConfigureAwait(false));
        foreach (MediaObject row in media)
        {
            row.ChildSafety = true;
        }
    }

    private static async Task DivertTasksAsync(WriteScope scope, Caller caller, Case about, CaseQueue queue, CancellationToken cancellationToken)
    {
        List<ReviewTask> open = await scope.Db.Set<ReviewTask>()
            .Where(row => row.CaseNumber == about.Number && (row.State == TaskState.Waiting || row.State == TaskState.Leased))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ReviewTask task in open)
        {
            if (!task.ChangesCase)
            {
                await scope.WithdrawTaskAsync(caller, task, cancellationToken).ConfigureAwait(false);
                continue;
            }

            ActiveLease? lease = await scope.Db.Set<ActiveLease>().SingleOrDefaultAsync(row => row.TaskNumber == task.Number, cancellationToken).ConfigureAwait(false);
            if (lease is not null)
            {
                LeaseEnd end = lease.PersonId == caller.Id ? LeaseEnd.Released : LeaseEnd.Revoked;
                await scope.EndLeaseAsync(caller, lease, end, cancellationToken, task.QueueId == queue.Id ? null : queue).ConfigureAwait(false);
            }
            else
            {
                await MoveWaitingAsync(scope, caller, task, about, queue, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task MoveWaitingAsync(
        WriteScope scope, Caller caller, ReviewTask task, Case about, CaseQueue queue, CancellationToken cancellationToken)
    {
        WaitingTask waiting = await scope.Db.Set<WaitingTask>().SingleAsync(row => row.TaskNumber == task.Number, cancellationToken).ConfigureAwait(false);
        scope.Publish(LiveKind.QueueChanged, taskNumber: task.Number, queueId: task.QueueId);
        if (task.QueueId != queue.Id)
        {
            TaskBoard.Move(scope, caller, task, about, queue);
        }

        waiting.QueueId = queue.Id;
        waiting.Sensitivity = about.Sensitivity;
        scope.Publish(LiveKind.CaseQueued, about.Number, task.Number, queue.Id, childSafety: true);
    }
}
