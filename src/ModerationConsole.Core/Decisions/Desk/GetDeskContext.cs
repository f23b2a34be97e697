using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Reads what else is known around a task that the caller holds on their screen.</summary>
[Requires(Permission.ReviewCases)]
public sealed class GetDeskContext(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IEnumerable<IAlikeItems> comparers, TimeProvider clock) : IUseCase
{
    /// <summary>The context, or null when the caller does not hold the task (any more) or may not see it.</summary>
    public async Task<DeskContext?> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetDeskContext>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
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
            DeskThen? then = null;
            if (!held.Task.ChangesCase)
            {
                then = await DeskThen.ReadAsync(db, held.Task, cancellationToken).ConfigureAwait(false);
                if (then is null)
                {
                    return null;
                }
            }

            DeskReading reading = new(db, held.Case, held.Item, permissions.Contains(Permission.ChildSafety), now) { Then = then };
            return new DeskContext(
                await DeskAuthorPast.ReadAsync(reading, cancellationToken).ConfigureAwait(false),
                await DeskLikeness.ReadAsync(reading, comparers, cancellationToken).ConfigureAwait(false),
                await ListCaseComments.ReadAsync(db, held.Case.Number, permissions, cancellationToken, reading.AsOf, then?.By).ConfigureAwait(false));
        }
    }
}
