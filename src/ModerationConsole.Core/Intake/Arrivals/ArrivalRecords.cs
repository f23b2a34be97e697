using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>Promised items that have no case: what was set aside goes when it is old, and an account's items go from wherever they wait.</summary>
internal sealed class ArrivalRecords : IRecordClass, IActorRecords
{
    public string Name => RecordClasses.SetAside;

    // Time to notice, to mend the console, and to let it try again.
    public int DefaultDays => 90;

    public int LeastDays => 7;

    public int Floor => 9;

    public Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken) => pass.WalkAsync(
        (db, after) => Numbers(db.Set<SetAsideArrival>().Where(row => row.At < before), after, cancellationToken),
        async (scope, numbers, cancel) =>
        {
            List<PlatformActor> held = await scope.Db.Set<LegalHold>().Where(row => row.LiftedAt == null && row.ActorTypeId != null && row.ActorId != null)
                .Select(row => new PlatformActor(row.ActorTypeId!, row.ActorId!)).ToListAsync(cancel).ConfigureAwait(false);
            return await scope.TakeOutAsync<SetAsideArrival>(
                numbers, (row, item) => !MustStay(scope, row, item) && !held.Exists(item.IsOf), unreadable: true, cancel).ConfigureAwait(false);
        },
        RetentionPass.CasesAtOnce,
        cancellationToken);

    public async Task<Erased> EraseAsync(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken)
    {
        // What fails while it is taken in moves from one table to the other, and back when the console starts.
        Erased first = await EraseAsync<SetAsideArrival>(pass, actor, cancellationToken).ConfigureAwait(false);
        Erased waiting = await EraseAsync<Arrival>(pass, actor, cancellationToken).ConfigureAwait(false);
        Erased last = await EraseAsync<SetAsideArrival>(pass, actor, cancellationToken).ConfigureAwait(false);
        return waiting + last + first with { Left = 0 };
    }

    private static async Task<Erased> EraseAsync<T>(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken)
        where T : ArrivalRow
    {
        long before = pass.Removed;
        // A batch may run twice before it holds.
        HashSet<(long Number, string ItemId)> left = [];
        await pass.WalkAsync(
            (db, after) => Numbers(db.Set<T>(), after, cancellationToken),
            (scope, numbers, cancel) => scope.TakeOutAsync<T>(
                numbers,
                (row, item) =>
                {
                    bool stays = MustStay(scope, row, item);
                    if (stays && item.IsOf(actor))
                    {
                        left.Add((row.Number, item.Read!.Id));
                    }

                    return !stays && item.IsOf(actor);
                },
                unreadable: false,
                cancel),
            RetentionPass.CasesAtOnce,
            cancellationToken).ConfigureAwait(false);
        return new Erased((int)(pass.Removed - before), left.Count);
    }

    // As long as a case of it would.
    private static bool MustStay(WriteScope scope, ArrivalRow row, ArrivedItem item) =>
        item.IsChildSafety && row.At.AddYears(CaseHolds.ChildSafetyYears) > scope.Now;

    private static Task<List<long>> Numbers<T>(IQueryable<T> rows, long after, CancellationToken cancellationToken)
        where T : ArrivalRow => rows.Where(row => row.Number > after).OrderBy(row => row.Number).Select(row => row.Number)
            .Take(RetentionPass.RowsAtOnce).ToListAsync(cancellationToken);
}
