using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>What strikes ordered: with the case that brought the number, and with the account.</summary>
internal sealed class StrikeOrdersOfCases : ICaseRecords, IActorRecords
{
    public int Floor => 8;

    public Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) =>
        scope.Db.Set<StrikeOrder>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken);

    // Whose it was is all that it says; that it was ordered stands in the audit.
    public Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) => RemoveAsync(scope, cases, cancellationToken);

    public async Task<Erased> EraseAsync(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken) => new(
        await pass.BatchAsync(
            (scope, cancel) => scope.Db.Set<StrikeOrder>().Where(row => row.AccountId == actor.Id && row.TypeId == actor.TypeId).ExecuteDeleteAsync(cancel), cancellationToken)
            .ConfigureAwait(false), 0);
}
