using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>One of the caller's own last decisions.</summary>
/// <param name="CaseNumber">The case; null where it may not be shown.</param>
/// <param name="UndoUntil">Until when it can still be taken back, UTC; null when it cannot.</param>
/// <param name="Reversible">It is in force and can no longer be undone, but a decision of its own can reverse it.</param>
/// <param name="Reverses">It reversed an earlier one.</param>
public sealed record RecentDecision(
    Guid DecisionId, long TaskNumber, long? CaseNumber, string ItemType, Verdict Verdict, string? PolicyName, string Actions, DateTimeOffset DecidedAt,
    DecisionState State, DateTimeOffset? UndoUntil, bool Reversible, bool Reverses)
{
    /// <summary>Members of a stack that were decided with it, and are taken back with it.</summary>
    public int Members { get; init; }
}

/// <summary>The caller's own last ten decisions, newest first.</summary>
[Requires(Permission.ReviewCases)]
public sealed class RecentDecisions(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    private const int Shown = 10;

    /// <summary>Reads them.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not review.</exception>
    public async Task<IReadOnlyList<RecentDecision>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RecentDecisions>(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var rows = await (
                from decision in db.Set<Decision>().AsNoTracking()
                join about in db.Set<Case>() on decision.CaseNumber equals about.Number
                join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
                join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
                join type in db.Set<ItemType>() on item.TypeId equals type.Id
                join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
                from policy in policies.DefaultIfEmpty()
                where decision.DeciderId == caller.Id && (seesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
                    // A stack is one thing that was done.
                    && !db.Set<StackedDecision>().Any(member => member.DecisionId == decision.Id && member.Place > 0)
                orderby decision.DecidedAt descending
                select new
                {
                    decision.Id,
                    decision.TaskNumber,
                    decision.CaseNumber,
                    decision.Verdict,
                    decision.Actions,
                    decision.DecidedAt,
                    decision.State,
                    decision.UndoUntil,
                    task.Kind,
                    decision.ReversesId,
                    Type = type.Name,
                    Current = about.DecisionId == decision.Id && about.State != CaseState.Open,
                    InForce = about.DecisionId == decision.Id && about.State == CaseState.Decided,
                    Policy = policy == null ? null : policy.Name,
                    Together = (from own in db.Set<StackedDecision>()
                                join other in db.Set<StackedDecision>() on own.StackId equals other.StackId
                                where own.DecisionId == decision.Id && other.Place > 0
                                select other.DecisionId).Count(),
                    Leaving = db.Set<EnforcementAction>().Any(row => row.DecisionId == decision.Id && row.Kind == DeliveryKind.Action && row.State != EnforcementState.Pending),
                }).Take(Shown).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row =>
            {
                bool changesCase = row.Kind is TaskKind.First or TaskKind.Second or TaskKind.Expert;
                bool open = row.State == DecisionState.Effective && row.UndoUntil > row.DecidedAt && now <= row.UndoUntil
                    && !row.Leaving && (!changesCase || row.InForce);
                // A quality task shows its own number only.
                bool reversible = !open && changesCase && row.Current && row.State == DecisionState.Effective && row.Verdict == Verdict.Violation;
                return new RecentDecision(
                    row.Id, row.TaskNumber, changesCase ? row.CaseNumber : null, row.Type, row.Verdict, row.Policy, row.Actions, row.DecidedAt,
                    row.State, open ? row.UndoUntil : null, reversible, row.ReversesId is not null)
                {
                    Members = row.Together,
                };
            })];
        }
    }

    /// <summary>Whether a decision's undo window is open.</summary>
    internal static bool CanUndo(Decision decision, DateTimeOffset now) => decision.UndoUntil > decision.DecidedAt && now <= decision.UndoUntil;
}
