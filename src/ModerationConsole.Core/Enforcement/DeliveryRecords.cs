using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What was sent to the platform: with cases, by itself when it is old, and of accounts.</summary>
internal sealed class DeliveryRecords(CaseHolds holds) : IRecordClass, ICaseRecords, IActorRecords
{
    private const string Nobody = "erased";

    public string Name => RecordClasses.Deliveries;

    public int DefaultDays => 184;

    public int LeastDays => 7;

    public int Floor => 6;

    public Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken) => pass.RemoveAllAsync(
        scope =>
        {
            IQueryable<Case> held = holds.Held(scope.Db, scope.Now);
            return scope.Db.Set<EnforcementAction>()
                .Where(row => row.CreatedAt < before && row.EndedAt < before && (row.CaseNumber == null || !held.Any(about => about.Number == row.CaseNumber)))
                .OrderBy(row => row.CreatedAt);
        },
        cancellationToken);

    public Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.Db.Set<EnforcementAction>().Where(row => cases.Contains(row.CaseNumber!.Value)).ExecuteDeleteAsync(cancellationToken);

    public Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        EraseAsync(scope.Db.Set<EnforcementAction>().Where(row => cases.Contains(row.CaseNumber!.Value)), cancellationToken);

    public async Task<Erased> EraseAsync(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken)
    {
        int done = await pass.BatchAsync(
            (scope, cancel) =>
            {
                IQueryable<Case> held = holds.Held(scope.Db, scope.Now);
                return EraseAsync(Of(scope.Db, actor).Where(row => row.CaseNumber == null || !held.Any(about => about.Number == row.CaseNumber)), cancel);
            },
            cancellationToken).ConfigureAwait(false);
        return new Erased(done, await pass.ReadAsync(db => Of(db, actor).CountAsync(cancellationToken), cancellationToken).ConfigureAwait(false));
    }

    private static IQueryable<EnforcementAction> Of(ConsoleDbContext db, PlatformActor actor) =>
        db.Set<EnforcementAction>().Where(row => row.TargetItemId == actor.Id && row.TargetTypeId == actor.TypeId);

    // What is still on its way must arrive first.
    private static Task<int> EraseAsync(IQueryable<EnforcementAction> rows, CancellationToken cancellationToken) => rows
        .Where(row => row.EndedAt != null)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.TargetItemId, Nobody).SetProperty(row => row.Body, "{}"), cancellationToken);
}
