using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
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

    public async Task<int> WithAsync(WriteScope scope, Decision decision, TargetItem account, bool childSafety, CancellationToken cancellationToken)
    {
        JudgedAccount judged = new(new PlatformActor(account.TypeId, account.ItemId), childSafety);
        StrikeTable table = await StrikeTable.OfGroupAsync(scope, cancellationToken).ConfigureAwait(false);
        List<ActorStrike> strikes = await OfAsync(scope, judged.Account, table, cancellationToken).ConfigureAwait(false);
        return Standing(strikes.Where(strike => strike.DecisionId != decision.Id && strike.DecisionId != decision.ReversesId))
            + await UnsavedAsync(scope.Db, decision, judged.Account, table, cancellationToken).ConfigureAwait(false)
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

    // What was decided before it in the same transaction and is not stored yet: of a stack, or of people who decided at once.
    private static async Task<int> UnsavedAsync(ConsoleDbContext db, Decision decision, PlatformActor account, StrikeTable table, CancellationToken cancellationToken)
    {
        List<Decision> made = [.. Added(db).Where(one => one.Id != decision.Id && one.Verdict == Verdict.Violation)];
        if (made.Count == 0)
        {
            return 0;
        }

        long[] tasks = [.. made.Select(one => one.TaskNumber)];
        List<long> theirs = await (
            from task in db.Set<ReviewTask>()
            join about in db.Set<Case>().VisibleWith(s_none) on task.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where tasks.Contains(task.Number) && !TaskKinds.Measuring.Contains(task.Kind)
                && ((item.CreatorId == account.Id && item.CreatorTypeId == account.TypeId) || (item.ItemId == account.Id && item.TypeId == account.TypeId))
            select task.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        made.RemoveAll(one => !theirs.Contains(one.TaskNumber));
        Guid[] versions = [.. made.Select(one => one.PolicyVersionId).OfType<Guid>().Distinct()];
        Dictionary<Guid, Severity> severities = versions.Length == 0 ? [] : await db.Set<PolicyVersion>().Where(row => versions.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Severity, cancellationToken).ConfigureAwait(false);
        return made.Sum(one => table.Of(one.PolicyVersionId is { } version ? severities.GetValueOrDefault(version) : Severity.None).Count);
    }

    // Whatever else was changed is none of this, and is not looked through.
    private static List<Decision> Added(ConsoleDbContext db)
    {
        bool detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        List<Decision> added = [.. db.ChangeTracker.Entries<Decision>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];
        db.ChangeTracker.AutoDetectChangesEnabled = detects;
        return added;
    }

    /// <summary>What a decision puts on the account by itself.</summary>
    internal static async Task<int> OwnAsync(ConsoleDbContext db, Decision decision, JudgedAccount judged, StrikeTable table, CancellationToken cancellationToken)
    {
        if (decision.Verdict != Verdict.Violation || judged.ChildSafety)
        {
            return 0;
        }

        Severity severity = await db.Set<PolicyVersion>().Where(row => row.Id == decision.PolicyVersionId).Select(row => row.Severity).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return table.Of(severity).Count;
    }
}
