using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Puts a task that was decided back on its decider's screen.</summary>
internal static class ShowAgain
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    /// <summary>Draws the task anew for the caller; what is shown now becomes the spare, and a former spare goes back.</summary>
    public static async Task<ActiveLease> ShowAgainAsync(this WriteScope scope, Caller caller, ReviewTask task, CancellationToken cancellationToken)
    {
        List<ActiveLease> mine = await scope.Db.Set<ActiveLease>().Where(row => row.PersonId == caller.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        // A person's places are unique in the database, so each is vacated before it is filled.
        if (mine.Find(lease => lease.Slot == LeaseSlot.Spare) is { } spare)
        {
            await scope.EndLeaseAsync(caller, spare, LeaseEnd.Released, cancellationToken).ConfigureAwait(false);
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        if (mine.Find(lease => lease.Slot == LeaseSlot.Shown) is { } shown)
        {
            shown.Slot = LeaseSlot.Spare;
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        ActiveLease lease = new()
        {
            TaskNumber = task.Number,
            CaseNumber = task.CaseNumber,
            ExclusiveKey = task.ChangesCase ? task.CaseNumber : -task.Number,
            PersonId = caller.Id,
            Slot = LeaseSlot.Shown,
            Fence = task.TakeBack(),
            TakenAt = scope.Now,
            ShownAt = scope.Now,
            ExpiresAt = scope.Now + s_lease,
        };
        scope.Db.Add(lease);
        scope.Record(caller, AuditAct.TaskLeased, task.CaseNumber, task.Number);
        return lease;
    }
}
