using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>A decision that was made before about the same item or another of its author.</summary>
public sealed record EarlierDecision(
    Guid Id, long CaseNumber, int CaseVersion, string TypeId, string ItemId, Verdict Verdict, string? PolicyId, string Actions,
    DateTimeOffset DecidedAt, DecisionState State);

/// <summary>What was decided before: shown beside a case, and kept in the snapshot of what its decider saw.</summary>
public static class EarlierDecisions
{
    /// <summary>Decisions that are shown at most.</summary>
    public const int MaxShown = 20;

    // The newest items of an author are looked at, however many there are: a spammer's history must not slow the next verdict.
    private const int MaxItems = 100;

    private static readonly TaskKind[] s_kinds = [TaskKind.First, TaskKind.Second, TaskKind.Expert];

    /// <summary>Newest first. Decisions that were taken back, and those of quality work, are not among them.</summary>
    /// <param name="caseNumber">The case that is looked at; its own decisions are among them.</param>
    /// <param name="creatorTypeId">Type of the author's account, if known.</param>
    /// <param name="creatorId">The author, if known.</param>
    /// <param name="seesChildSafety">Whether the viewer may know of child-safety cases.</param>
    public static async Task<List<EarlierDecision>> ReadAsync(
        ConsoleDbContext db, long caseNumber, string? creatorTypeId, string? creatorId, bool seesChildSafety, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        IQueryable<long> cases = db.Set<Case>().Where(row => row.Number == caseNumber).Select(row => row.Number);
        if (creatorId is not null)
        {
            IQueryable<Guid> items = db.Set<ItemVersion>()
                .Where(row => row.CreatorId == creatorId && row.CreatorTypeId == creatorTypeId)
                .OrderByDescending(row => row.ReceivedAt).Take(MaxItems).Select(row => row.Id);
            // Put together of two, each found by its index: one condition with "or" would have all cases looked at.
            cases = cases.Union(db.Set<Case>().Where(row => items.Contains(row.ItemVersionId)).Select(row => row.Number));
        }

        return await (
            from decision in db.Set<Decision>()
            join about in db.Set<Case>() on decision.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
            where cases.Contains(decision.CaseNumber)
                && decision.State != DecisionState.Undone
                && s_kinds.Contains(task.Kind)
                && (seesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
            orderby decision.DecidedAt descending, decision.Id descending
            select new EarlierDecision(
                decision.Id, decision.CaseNumber, decision.CaseVersion, item.TypeId, item.ItemId, decision.Verdict, decision.PolicyId,
                decision.Actions, decision.DecidedAt, decision.State))
            .Take(MaxShown).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The same by case, for an author who is known from the item. PostgreSQL answers for many at once; the embedded database
    /// has no way to, and is asked for each.
    /// </summary>
    internal static Reading<EarlierAsk, List<EarlierDecision>> OfCases { get; } = new(async (db, asked, cancellationToken) =>
    {
        if (asked.Count == 1)
        {
            EarlierAsk one = asked[0];
            return new() { [one] = await ReadAsync(db, one.CaseNumber, one.CreatorTypeId, one.CreatorId, one.SeesChildSafety, cancellationToken).ConfigureAwait(false) };
        }

        if (db is not PostgresConsoleContext)
        {
            return null;
        }

        Dictionary<EarlierAsk, List<EarlierDecision>> found = asked.ToDictionary(ask => ask, _ => new List<EarlierDecision>());
        foreach (IGrouping<bool, EarlierAsk> alike in asked.GroupBy(ask => ask.SeesChildSafety))
        {
            Dictionary<long, EarlierAsk> byCase = alike.ToDictionary(ask => ask.CaseNumber);
            foreach (var row in await OfMany(db, [.. byCase.Keys], alike.Key).ToListAsync(cancellationToken).ConfigureAwait(false))
            {
                found[byCase[row.Of]].Add(row.Earlier);
            }
        }

        return found.ToDictionary(of => of.Key, of => of.Value.OrderByDescending(row => (row.DecidedAt, row.Id)).ToList());
    });

    private static IQueryable<EarlierOf> OfMany(ConsoleDbContext db, long[] numbers, bool seesChildSafety) =>
        from of in db.Set<Case>()
        join own in db.Set<ItemVersion>() on of.ItemVersionId equals own.Id
        where numbers.Contains(of.Number)
        from earlier in (
            from decision in db.Set<Decision>()
            join about in db.Set<Case>() on decision.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
            where db.Set<Case>().Where(row => row.Number == of.Number).Select(row => row.Number)
                .Union(db.Set<Case>().Where(row => own.CreatorId != null && db.Set<ItemVersion>()
                    .Where(version => version.CreatorId == own.CreatorId && version.CreatorTypeId == own.CreatorTypeId)
                    .OrderByDescending(version => version.ReceivedAt).Take(MaxItems).Select(version => version.Id).Contains(row.ItemVersionId)).Select(row => row.Number))
                .Contains(decision.CaseNumber)
                && decision.State != DecisionState.Undone
                && s_kinds.Contains(task.Kind)
                && (seesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
            orderby decision.DecidedAt descending, decision.Id descending
            select new EarlierDecision(
                decision.Id, decision.CaseNumber, decision.CaseVersion, item.TypeId, item.ItemId, decision.Verdict, decision.PolicyId,
                decision.Actions, decision.DecidedAt, decision.State)).Take(MaxShown)
        select new EarlierOf(of.Number, earlier);

    private sealed record EarlierOf(long Of, EarlierDecision Earlier);
}

/// <summary>Whose earlier decisions are asked for.</summary>
internal sealed record EarlierAsk(long CaseNumber, string? CreatorTypeId, string? CreatorId, bool SeesChildSafety);
