using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>Marks an item as a child-safety one inside a write, whoever says so: the person on the desk or a report.</summary>
internal static class ChildSafetyMarking
{
    /// <summary>Every case of the item that this case judges: an edit does not make it another matter.</summary>
    public static Task<List<Case>> CasesOfItemAsync(this WriteScope scope, long caseNumber, CancellationToken cancellationToken) => (
        from judged in scope.Db.Set<Case>()
        join version in scope.Db.Set<ItemVersion>() on judged.ItemVersionId equals version.Id
        join other in scope.Db.Set<ItemVersion>() on new { version.TypeId, version.ItemId } equals new { other.TypeId, other.ItemId }
        join about in scope.Db.Set<Case>() on other.Id equals about.ItemVersionId
        where judged.Number == caseNumber
        select about).ToListAsync(cancellationToken);

    /// <summary>Marks the cases that are not marked yet with their media, and diverts their tasks.</summary>
    /// <param name="taskNumber">The task from which it was said, if from one.</param>
    public static async Task MarkChildSafetyAsync(
        this WriteScope scope, Caller caller, IReadOnlyList<Case> cases, long? taskNumber, CancellationToken cancellationToken)
    {
        CaseQueue queue = await scope.QueueOfKindAsync(QueueKind.ChildSafety, cancellationToken).ConfigureAwait(false);
        foreach (Case about in cases.Where(about => about.Sensitivity != Sensitivity.ChildSafety))
        {
            // First the mark: whatever is published below must already be for the few who may know.
            about.Sensitivity = Sensitivity.ChildSafety;
            ItemVersion version = await scope.Db.Set<ItemVersion>().SingleAsync(row => row.Id == about.ItemVersionId, cancellationToken).ConfigureAwait(false);
            (version.TextKey, version.TextHash) = (null, null);
            await scope.FlagMediaAsync([about.ItemVersionId], cancellationToken).ConfigureAwait(false);
            await scope.ForgetWordsAsync(about.Number, cancellationToken).ConfigureAwait(false);
            await scope.HidePrecedentsAsync(caller, about.Number, cancellationToken).ConfigureAwait(false);
            await DivertTasksAsync(scope, caller, about, queue, cancellationToken).ConfigureAwait(false);
            scope.Tell(about, CaseEventKind.ChildSafety);
            scope.Record(caller, AuditAct.CaseMarkedChildSafety, about.Number, taskNumber);
            scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: true);
        }
    }

    /// <summary>Marks the media of these item versions, and the same bytes wherever else they are: under another address they are the same picture.</summary>
    public static async Task FlagMediaAsync(this WriteScope scope, IReadOnlyCollection<Guid> itemVersionIds, CancellationToken cancellationToken)
    {
        List<MediaObject> media = await (
            from link in scope.Db.Set<ItemMedia>()
            join row in scope.Db.Set<MediaObject>() on link.MediaId equals row.Id
            where itemVersionIds.Contains(link.ItemVersionId)
            select row).ToListAsync(cancellationToken).ConfigureAwait(false);
        string[] hashes = [.. media.Select(row => row.Sha256).OfType<string>().Distinct()];
        media.AddRange(await scope.Db.Set<MediaObject>().Where(row => row.Sha256 != null && hashes.Contains(row.Sha256)).ToListAsync(cancellationToken).ConfigureAwait(false));
        foreach (MediaObject row in media)
        {
            scope.MarkChildSafety(row, Caller.System);
        }
    }

    private static async Task DivertTasksAsync(WriteScope scope, Caller caller, Case about, CaseQueue queue, CancellationToken cancellationToken)
    {
        List<ReviewTask> open = await scope.Db.Set<ReviewTask>()
            .Where(row => row.CaseNumber == about.Number && (row.State == TaskState.Waiting || row.State == TaskState.Leased))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ReviewTask task in open)
        {
            // Whoever appealed still waits for an answer.
            if (!task.ChangesCase && task.Kind != TaskKind.Appeal)
            {
                await scope.WithdrawTaskAsync(caller, task, cancellationToken, releasesCaller: true).ConfigureAwait(false);
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
                await scope.RequeueAsync(caller, task, about, queue, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
