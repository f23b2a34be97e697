using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>What became of a reversal.</summary>
public enum ReverseOutcome
{
    /// <summary>A new decision stands in the place of the old one, and what can be taken back is on its way.</summary>
    Reversed,

    /// <summary>It can still be undone, which leaves no second decision.</summary>
    StillUndoable,

    /// <summary>No decision of the caller's that the caller may know of.</summary>
    NotYours,

    /// <summary>It is no violation in force: nothing was done that could be taken back, or the case moved on.</summary>
    NotInForce,

    /// <summary>Why it is reversed is not said.</summary>
    NoteRequired,

    /// <summary>What was written is longer than 5 000 characters.</summary>
    TextTooLong,
}

/// <summary>The answer to a reversal.</summary>
/// <param name="DecisionId">The new decision.</param>
public sealed record ReverseResult(ReverseOutcome Outcome, Guid? DecisionId = null)
{
    /// <summary>What the platform is told to do about what it was told before.</summary>
    public IReadOnlyList<OrderedAction> Ordered { get; init; } = [];

    /// <summary>Actions of the old decision that no action takes back, by name.</summary>
    public IReadOnlyList<string> Stays { get; init; } = [];
}

/// <summary>
/// Reverses one's own violation after its undo window: a decision of its own takes its place, is linked to it, and has its own deliveries.
/// What waits to be sent is cancelled; what was sent is taken back by the action that each action names for it.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class ReverseDecision(WritePath writes, IAccessGuard guard, DecisionReversing reversing) : IUseCase
{
    /// <summary>Reverses it once.</summary>
    /// <param name="note">Why, for the team.</param>
    /// <exception cref="PermissionDeniedException">The caller may not review.</exception>
    public async Task<ReverseResult> RunAsync(Caller caller, Guid decisionId, string note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReverseDecision>(caller, cancellationToken).ConfigureAwait(false);
        if (DecisionText.Clean(note) is not { } why)
        {
            return new ReverseResult(ReverseOutcome.NoteRequired);
        }

        if (why.Length > TextLength.Note)
        {
            return new ReverseResult(ReverseOutcome.TextTooLong);
        }

        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => ReverseAsync(scope, caller, decisionId, why, held, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReverseResult> ReverseAsync(
        WriteScope scope, Caller caller, Guid decisionId, string note, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        Decision? old = await scope.Db.Set<Decision>().SingleOrDefaultAsync(row => row.Id == decisionId, cancellationToken).ConfigureAwait(false);
        if (old is null || old.DeciderId != caller.Id || caller.Kind != CallerKind.Person)
        {
            return new ReverseResult(ReverseOutcome.NotYours);
        }

        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == old.TaskNumber, cancellationToken).ConfigureAwait(false);
        JudgedTask judged = await JudgedTask.ReadAsync(scope.Reads, task, cancellationToken).ConfigureAwait(false);
        Case about = judged.About;
        if (about.Sensitivity == Sensitivity.ChildSafety && !held.Contains(Permission.ChildSafety))
        {
            return new ReverseResult(ReverseOutcome.NotYours);
        }

        if (old.State != DecisionState.Effective || old.Verdict != Verdict.Violation || !task.ChangesCase
            || about.State == CaseState.Open || about.DecisionId != old.Id)
        {
            return new ReverseResult(ReverseOutcome.NotInForce);
        }

        List<EnforcementAction> done = await scope.Db.Set<EnforcementAction>()
            .Where(row => row.DecisionId == decisionId && row.Kind == DeliveryKind.Action).OrderBy(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (RecentDecisions.CanUndo(old, scope.Now) && about.State == CaseState.Decided && done.TrueForAll(row => row.State == EnforcementState.Pending))
        {
            return new ReverseResult(ReverseOutcome.StillUndoable);
        }

        return await reversing.ReverseAsync(
            scope, caller, old, task, judged, done, note, held.Contains(Permission.ChildSafety), cancellationToken).ConfigureAwait(false);
    }
}
