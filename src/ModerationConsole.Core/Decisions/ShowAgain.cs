using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Decisions;

/// <summary>Puts a task that was decided back on its decider's screen.</summary>
internal static class ShowAgain
{
    /// <summary>Draws the task anew for the caller; what is shown now becomes the spare, and a former spare goes back.</summary>
    public static async Task<ActiveLease> ShowAgainAsync(
        this WriteScope scope, Caller caller, ReviewTask task, LeaseOptions options, CancellationToken cancellationToken)
    {
        List<ActiveLease> mine = await scope.Db.Set<ActiveLease>().Where(row => row.PersonId == caller.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        // A person's places are unique in the database, so each is vacated before it is filled.
        foreach (ActiveLease lease in mine.Where(lease => lease.Slot == LeaseSlot.Spare || lease.HasExpired(scope.Now)))
        {
            LeaseEnd end = lease.HasExpired(scope.Now) ? LeaseEnd.Expired : LeaseEnd.Released;
            await scope.EndLeaseAsync(end == LeaseEnd.Expired ? Caller.System : caller, lease, end, cancellationToken).ConfigureAwait(false);
        }

        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        if (mine.Find(lease => lease.Slot == LeaseSlot.Shown && !lease.HasExpired(scope.Now)) is { } shown)
        {
            // What is not on the screen has no stack.
            await scope.ReleaseStackAsync(caller, shown, LeaseEnd.Released, cancellationToken).ConfigureAwait(false);
            shown.Slot = LeaseSlot.Spare;
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        return scope.AddLease(caller, task, task.TakeBack(), caller.Id, LeaseSlot.Shown, options);
    }
}
