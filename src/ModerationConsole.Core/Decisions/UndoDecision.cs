using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// Takes back one's own decision while its window is open and nothing of it has begun to leave. The task is on the screen again;
/// what was there becomes the spare, and a former spare goes back to its queue. A decision that led a stack takes its members
/// with it.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class UndoDecision(WritePath writes, IAccessGuard guard, IOptions<LeaseOptions> options, DecisionUndoing undoing) : IUseCase
{
    /// <summary>Takes it back once.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not review.</exception>
    public async Task<UndoResult> RunAsync(Caller caller, Guid decisionId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<UndoDecision>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => UndoAsync(scope, caller, decisionId, held, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<UndoResult> UndoAsync(
        WriteScope scope, Caller caller, Guid decisionId, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        Decision? decision = await scope.Db.Set<Decision>().SingleOrDefaultAsync(row => row.Id == decisionId, cancellationToken).ConfigureAwait(false);
        if (decision is null || decision.DeciderId != caller.Id || caller.Kind != CallerKind.Person)
        {
            return new UndoResult(UndoOutcome.NotYours);
        }

        if (decision.State == DecisionState.Undone)
        {
            return new UndoResult(UndoOutcome.AlreadyUndone);
        }

        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (about.Sensitivity == Sensitivity.ChildSafety && !held.Contains(Permission.ChildSafety))
        {
            return new UndoResult(UndoOutcome.NotYours);
        }

        if (await DecisionUndoing.TakeBackAsync(scope, caller, decision, cancellationToken).ConfigureAwait(false) is not { } task)
        {
            return new UndoResult(UndoOutcome.TooLate);
        }

        ActiveLease lease = await scope.ShowAgainAsync(caller, task, options.Value, cancellationToken).ConfigureAwait(false);
        await undoing.TellAsync(scope, task, decision, cancellationToken).ConfigureAwait(false);
        (int members, int kept) = await scope.UndoStackAsync(caller, decision, lease, undoing, options.Value, cancellationToken).ConfigureAwait(false);
        return new UndoResult(UndoOutcome.Undone, new UndoneTask(task.Number, lease.Fence, lease.ExpiresAt, decision)) { Members = members, Kept = kept };
    }
}

/// <summary>What became of an undo.</summary>
public enum UndoOutcome
{
    /// <summary>It is taken back; the task is on the screen again and nothing was sent.</summary>
    Undone,

    /// <summary>The window is over, something of it has begun to leave, or the case moved on.</summary>
    TooLate,

    /// <summary>No decision of the caller's.</summary>
    NotYours,

    /// <summary>It was taken back before.</summary>
    AlreadyUndone,
}

/// <summary>The answer to an undo.</summary>
public sealed record UndoResult(UndoOutcome Outcome, UndoneTask? Task = null)
{
    /// <summary>Members of its stack that were taken back with it and are shown with it again.</summary>
    public int Members { get; init; }

    /// <summary>Members of its stack that stand: they began to leave, or their cases moved on.</summary>
    public int Kept { get; init; }
}

/// <summary>The task that is on the screen again, and what had been decided, to fill the form with.</summary>
public sealed record UndoneTask(
    long TaskNumber, long Fence, DateTimeOffset ExpiresAt, Verdict Verdict, string? PolicyId, IReadOnlyList<string> Actions,
    string? ReasonForUser, string? InternalNote, string? CannotReviewCode, double? MediaTimeMarkSeconds)
{
    internal UndoneTask(long taskNumber, long fence, DateTimeOffset expiresAt, Decision decision)
        : this(
            taskNumber, fence, expiresAt, decision.Verdict, decision.PolicyId, ActionScope.List(decision.Actions),
            decision.ReasonForUser, decision.InternalNote, decision.CannotReviewCode, decision.MediaTimeMarkSeconds)
    {
    }
}
