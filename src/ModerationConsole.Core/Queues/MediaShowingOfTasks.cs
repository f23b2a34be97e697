using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Queues;

/// <summary>Tells by cases and leases who has which media before them.</summary>
internal sealed class MediaShowingOfTasks : IMediaShowing
{
    public Task<long?> CaseOnScreenAsync(
        ConsoleDbContext db, Guid personId, DrawnTask task, Guid mediaId, DateTimeOffset now, CancellationToken cancellationToken) => (
        from lease in db.Set<ActiveLease>()
        join about in db.Set<Case>() on lease.CaseNumber equals about.Number
        join link in db.Set<ItemMedia>() on about.ItemVersionId equals link.ItemVersionId
        where lease.TaskNumber == task.Number && lease.Fence == task.Fence && lease.PersonId == personId
            // One drawn ahead is not on the screen.
            && lease.Slot != LeaseSlot.Spare && lease.ExpiresAt >= now && link.MediaId == mediaId
        select (long?)about.Number).FirstOrDefaultAsync(cancellationToken);

    public Task<long?> CaseSeenAsync(
        ConsoleDbContext db, IReadOnlySet<Permission> permissions, Guid mediaId, long? caseNumber, CancellationToken cancellationToken) => (
        from about in db.Set<Case>().VisibleWith(permissions)
        join link in db.Set<ItemMedia>() on about.ItemVersionId equals link.ItemVersionId
        where link.MediaId == mediaId && (caseNumber == null || about.Number == caseNumber)
        orderby about.Number descending
        select (long?)about.Number).FirstOrDefaultAsync(cancellationToken);

    public async Task<DateTimeOffset?> LeftScreenAsync(
        ConsoleDbContext db, Guid personId, DrawnTask task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ActiveLease? lease = await db.Set<ActiveLease>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.TaskNumber == task.Number && row.Fence == task.Fence && row.PersonId == personId, cancellationToken).ConfigureAwait(false);
        if (lease is not null)
        {
            return lease.HasExpired(now) ? lease.ExpiresAt : lease.Slot != LeaseSlot.Spare ? null : now;
        }

        return await db.Set<LeaseRecord>().Where(row => row.TaskNumber == task.Number && row.Fence == task.Fence && row.PersonId == personId)
            .Select(row => (DateTimeOffset?)row.EndedAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? now;
    }
}
