using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Tells people of texts they had begun about cases that left them.</summary>
internal sealed class KeptDrafts : IInboxSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken) => await (
        from draft in question.Db.Set<Draft>().AsNoTracking()
        join task in question.Db.Set<ReviewTask>() on draft.TaskNumber equals task.Number
        join queue in question.Db.Set<CaseQueue>() on task.QueueId equals queue.Id
        // Of a task that is done nothing is left to write.
        where draft.PersonId == question.PersonId && task.State != TaskState.Done
            && !question.Db.Set<ActiveLease>().Any(lease => lease.TaskNumber == draft.TaskNumber && lease.PersonId == question.PersonId)
        orderby draft.SavedAt descending
        // Quality work shows its own number only.
        select new InboxEntry(
            "draft:" + draft.TaskNumber, InboxKind.DraftKept, draft.SavedAt,
            TaskKinds.Measuring.Contains(task.Kind) ? null : (long?)task.CaseNumber,
            draft.TaskNumber, null, queue.Name, 0, null)).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
}
