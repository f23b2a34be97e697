using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>A task that someone holds on their screen, with what they may see of it.</summary>
/// <param name="Then">The decision that is judged again; null where the case itself is judged.</param>
internal sealed record DeskHeld(ReviewTask Task, Case Case, ItemVersion Item, DeskThen? Then)
{
    /// <summary>Reads it; null when the caller does not hold the task (any more) or may not see it.</summary>
    public static async Task<DeskHeld?> ReadAsync(
        ConsoleDbContext db, Caller caller, long taskNumber, IReadOnlySet<Permission> permissions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await (
            from lease in db.Set<ActiveLease>().AsNoTracking()
            join task in db.Set<ReviewTask>() on lease.TaskNumber equals task.Number
            join about in db.Set<Case>().VisibleWith(permissions) on task.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where lease.TaskNumber == taskNumber && lease.PersonId == caller.Id && lease.Slot == LeaseSlot.Shown && lease.ExpiresAt >= now
            select new { Task = task, Case = about, Item = item }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (held is null)
        {
            return null;
        }

        // A blind judgement must not learn what came after the one that it tests.
        DeskThen? then = held.Task.ChangesCase ? null : await DeskThen.ReadAsync(db, held.Task, cancellationToken).ConfigureAwait(false);
        return then is null && !held.Task.ChangesCase ? null : new DeskHeld(held.Task, held.Case, held.Item, then);
    }
}
