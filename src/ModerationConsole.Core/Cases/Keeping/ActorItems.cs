using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Cases.Keeping;

/// <summary>Items and reports of an account.</summary>
internal sealed class ActorItems(ContentErasing erasing, CaseHolds holds) : IActorRecords
{
    public int Floor => 5;

    public async Task<Erased> EraseAsync(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken)
    {
        int done = 0;
        await pass.WalkAsync(
            (db, after) => CasesOf(db, actor).Where(row => row.Number > after).OrderBy(row => row.Number).Select(row => row.Number)
                .Take(RetentionPass.RowsAtOnce).ToListAsync(cancellationToken),
            async (scope, numbers, cancel) =>
            {
                int erased = await erasing.EraseAsync(scope, numbers, null, cancel).ConfigureAwait(false);
                done += erased;
                return erased;
            },
            RetentionPass.CasesAtOnce,
            cancellationToken).ConfigureAwait(false);
        done += await pass.BatchAsync((scope, cancel) => EraseReportsAsync(scope, actor, cancel), cancellationToken).ConfigureAwait(false);
        done += await pass.BatchAsync((scope, cancel) => EraseLooseAsync(scope, actor, cancel), cancellationToken).ConfigureAwait(false);
        int left = await pass.ReadAsync(
            async db => await Items(db, actor).CountAsync(cancellationToken).ConfigureAwait(false) + await Reports(db, actor).CountAsync(cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return new Erased(done, left);
    }

    private static IQueryable<ItemVersion> Items(ConsoleDbContext db, PlatformActor actor) => db.Set<ItemVersion>().Where(row =>
        (row.CreatorId == actor.Id && row.CreatorTypeId == actor.TypeId) || (row.ItemId == actor.Id && row.TypeId == actor.TypeId));

    private static IQueryable<Report> Reports(ConsoleDbContext db, PlatformActor actor) =>
        db.Set<Report>().Where(row => row.ReporterId == actor.Id && row.ReporterTypeId == actor.TypeId);

    private static IQueryable<Case> CasesOf(ConsoleDbContext db, PlatformActor actor)
    {
        IQueryable<ItemVersion> items = Items(db, actor);
        return db.Set<Case>().Where(about => about.ContentErasedAt == null && items.Any(item => item.Id == about.ItemVersionId));
    }

    private async Task<int> EraseReportsAsync(WriteScope scope, PlatformActor actor, CancellationToken cancellationToken)
    {
        IQueryable<Case> free = holds.Free(scope.Db, scope.Now);
        return await Reports(scope.Db, actor).Where(row => free.Any(about => about.Number == row.CaseNumber)).EraseAsync(cancellationToken).ConfigureAwait(false);
    }

    // Items that are no case's own, and older versions: only what a case that must be kept shows has to wait.
    private async Task<int> EraseLooseAsync(WriteScope scope, PlatformActor actor, CancellationToken cancellationToken)
    {
        IQueryable<Case> free = holds.Free(scope.Db, scope.Now);
        IQueryable<Case> kept = scope.Db.Set<Case>().Where(about => !free.Any(other => other.Number == about.Number));
        List<Guid> loose = await Items(scope.Db, actor)
            .Where(item => !scope.Db.Set<Case>().Any(about => about.ItemVersionId == item.Id && about.ContentErasedAt == null)
                && !scope.Db.Set<RelatedItem>().Any(row => row.ItemVersionId == item.Id && kept.Any(about => about.Number == row.CaseNumber)))
            .Select(item => item.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        await scope.EraseItemsAsync(loose, cancellationToken).ConfigureAwait(false);
        return loose.Count;
    }
}

/// <summary>Tells retention which cases there are.</summary>
internal sealed class KnownCases : IKnownCases
{
    public async Task<IReadOnlySet<long>> AmongAsync(ConsoleDbContext db, IReadOnlyCollection<long> numbers, CancellationToken cancellationToken) =>
        numbers.Count == 0
            ? new HashSet<long>()
            : (await db.Set<Case>().Where(row => numbers.Contains(row.Number)).Select(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false)).ToHashSet();
}
