using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>Where a member of a stack sits.</summary>
/// <param name="Of">The lease of the task on the screen; a member's lasts as long.</param>
/// <param name="Place">Its place among the members, from 1.</param>
/// <param name="Alike">In what it is like the one on the screen.</param>
public sealed record StackSeat(ActiveLease Of, int Place, Alike Alike);

/// <summary>What becomes of the members of a stack when the task they are shown with leaves the screen.</summary>
public static class StackLeases
{
    /// <summary>The members that a person holds with the task on their screen, in order.</summary>
    public static async Task<List<ActiveLease>> MembersAsync(this ConsoleDbContext db, ActiveLease shown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(shown);
        List<ActiveLease> members = await db.Set<ActiveLease>()
            .Where(row => row.StackOf == shown.TaskNumber && row.PersonId == shown.PersonId)
            .OrderBy(row => row.StackPlace).ToListAsync(cancellationToken).ConfigureAwait(false);
        // Those that were decided or given back before in this operation are still in the table.
        members.RemoveAll(row => db.Entry(row).State == EntityState.Deleted);
        return members;
    }

    /// <summary>Gives back every member that is left. A decision on the one on the screen alone decides none of them.</summary>
    public static async Task ReleaseStackAsync(
        this WriteScope scope, Caller caller, ActiveLease shown, LeaseEnd end, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.Slot != LeaseSlot.Shown || !await scope.Reads.FindAsync(TaskReads.HasStack, shown.TaskNumber, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (ActiveLease member in await scope.Db.MembersAsync(shown, cancellationToken).ConfigureAwait(false))
        {
            await scope.EndLeaseAsync(caller, member, end == LeaseEnd.Decided ? LeaseEnd.Released : end, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whoever skips or stops a case is not offered what was shown with it as the same.</summary>
    internal static async Task ExcludeStackAsync(this WriteScope scope, ActiveLease shown, CancellationToken cancellationToken)
    {
        if (shown.Slot == LeaseSlot.Shown)
        {
            foreach (ActiveLease member in await scope.Db.MembersAsync(shown, cancellationToken).ConfigureAwait(false))
            {
                await scope.ExcludeAsync(member.TaskNumber, member.PersonId, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
