using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>Whom a case is about.</summary>
internal sealed record JudgedAccount(PlatformActor Account, bool ChildSafety);

/// <summary>
/// Strikes as they are reckoned when something follows from them: what can still be taken back counts already, since what follows
/// waits as long, and child-safety cases do not, since the sum is told to people who may not know of them.
/// </summary>
internal sealed class StrikeSums : IStrikeCount
{
    private static readonly HashSet<Permission> s_none = [];

    public async Task<int?> WithAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken)
    {
        if (await AccountAsync(scope.Db, decision.CaseNumber, cancellationToken).ConfigureAwait(false) is not { } judged)
        {
            return null;
        }

        StrikeTable table = await StrikeTable.ReadAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        List<ActorStrike> strikes = await OfAsync(scope, judged.Account, table, cancellationToken).ConfigureAwait(false);
        return Standing(strikes.Where(strike => strike.DecisionId != decision.Id && strike.DecisionId != decision.ReversesId))
            + await OwnAsync(scope.Db, decision, judged, table, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What stands unless it is taken back.</summary>
    internal static int Standing(IEnumerable<ActorStrike> strikes) =>
        strikes.Where(strike => strike.State is StrikeState.Counts or StrikeState.NotYet).Sum(strike => strike.Count);

    /// <summary>The violations of an account that may be told of to everyone.</summary>
    internal static Task<List<ActorStrike>> OfAsync(WriteScope scope, PlatformActor account, StrikeTable table, CancellationToken cancellationToken) =>
        ActorStrikes.OfAsync(scope.Db, scope.Db.Set<Case>().VisibleWith(s_none), account, table, scope.Now, Instant.Never, cancellationToken);

    /// <summary>Whom a case is about: a judged account is its own author.</summary>
    internal static async Task<JudgedAccount?> AccountAsync(ConsoleDbContext db, long caseNumber, CancellationToken cancellationToken)
    {
        var found = await (
            from about in db.Set<Case>()
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join kind in db.Set<ItemType>() on item.TypeId equals kind.Id
            where about.Number == caseNumber
            select new { item.TypeId, item.ItemId, item.CreatorTypeId, item.CreatorId, kind.Kind, about.Sensitivity }).SingleAsync(cancellationToken).ConfigureAwait(false);
        bool childSafety = found.Sensitivity == Sensitivity.ChildSafety;
        return found.Kind == ItemKind.User ? new JudgedAccount(new PlatformActor(found.TypeId, found.ItemId), childSafety)
            : found is { CreatorTypeId: { } typeId, CreatorId: { } id } ? new JudgedAccount(new PlatformActor(typeId, id), childSafety)
            : null;
    }

    private static async Task<int> OwnAsync(ConsoleDbContext db, Decision decision, JudgedAccount judged, StrikeTable table, CancellationToken cancellationToken)
    {
        if (decision.Verdict != Verdict.Violation || judged.ChildSafety)
        {
            return 0;
        }

        Severity severity = await db.Set<PolicyVersion>().Where(row => row.Id == decision.PolicyVersionId).Select(row => row.Severity).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return table.Of(severity).Count;
    }
}
