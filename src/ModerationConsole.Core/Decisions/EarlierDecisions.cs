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

    private static readonly TaskKind[] s_kinds = [TaskKind.First, TaskKind.Second, TaskKind.Expert, TaskKind.Appeal];

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
}
