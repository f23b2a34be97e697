using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>Reads what is shown of the stack that a person holds with the task on their screen.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ReadStack(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    private const int LongestText = 2_000;

    /// <summary>The members in order; none when the caller does not hold the task (any more).</summary>
    public async Task<IReadOnlyList<StackMember>> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadStack>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var rows = await (
                from lease in db.Set<ActiveLease>().AsNoTracking()
                join task in db.Set<ReviewTask>() on lease.TaskNumber equals task.Number
                join about in db.Set<Case>() on task.CaseNumber equals about.Number
                join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
                join type in db.Set<ItemType>() on item.TypeId equals type.Id
                join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
                where lease.StackOf == taskNumber && lease.PersonId == caller.Id && lease.Slot == LeaseSlot.Stack && lease.ExpiresAt >= now
                    // What was marked since it was gathered is on its way out of these hands.
                    && about.Sensitivity != Sensitivity.ChildSafety
                orderby lease.StackPlace
                select new { Lease = lease, Case = about, Item = item, Type = type, Queue = queue.Name }).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return [];
            }

            Guid[] versions = [.. rows.Select(row => row.Item.Id)];
            long[] cases = [.. rows.Select(row => row.Case.Number)];
            ILookup<Guid, DeskMedia> media = await MediaAsync(db, versions, cancellationToken).ConfigureAwait(false);
            Dictionary<long, int> reports = await db.Set<Report>().Where(row => cases.Contains(row.CaseNumber))
                .GroupBy(row => row.CaseNumber).Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken).ConfigureAwait(false);
            Dictionary<string, string> names = await DeskAuthors.NamesAsync(
                new DeskReading(db, rows[0].Case, rows[0].Item, SeesChildSafety: false, now), rows.Select(row => row.Item), cancellationToken).ConfigureAwait(false);
            return
            [
                .. rows.Select(row => new StackMember(
                    row.Lease.TaskNumber, row.Lease.Fence, row.Case.Number, row.Case.Version, row.Lease.Alike ?? Queues.Stacks.Alike.SameText, row.Type.Name,
                    row.Item.CreatorId is { } author ? names.GetValueOrDefault(author, author) : null, row.Queue, row.Case.Severity, row.Case.Sensitivity,
                    row.Item.ReceivedAt, [.. DeskFields.Of(row.Type, row.Item).Select(Short)], [.. media[row.Item.Id]], reports.GetValueOrDefault(row.Case.Number))),
            ];
        }
    }

    private static async Task<ILookup<Guid, DeskMedia>> MediaAsync(ConsoleDbContext db, Guid[] versions, CancellationToken cancellationToken) => (await (
        from link in db.Set<ItemMedia>().AsNoTracking()
        join file in db.Set<MediaObject>() on link.MediaId equals file.Id
        where versions.Contains(link.ItemVersionId) && !file.ChildSafety
        orderby link.Position
        select new
        {
            link.ItemVersionId,
            Media = new DeskMedia(file.Id, link.Position, link.Field, file.Kind, file.State, file.Category, file.Problem, file.DurationSeconds),
        }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.ItemVersionId, row => row.Media);

    private static DeskField Short(DeskField field) => field with
    {
        Values = [.. field.Values.Select(value => value.Length <= LongestText ? value : string.Concat(value.AsSpan(0, LongestText), "…"))],
    };
}
