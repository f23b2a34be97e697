using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// Takes back one's own decision while its window is open and nothing of it has begun to leave. The task is on the screen again;
/// what was there becomes the spare, and a former spare goes back to its queue.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class UndoDecision(
    WritePath writes, IAccessGuard guard, IOptions<LeaseOptions> options, IEnumerable<IDecisionObserver> observers) : IUseCase
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
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == decision.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (about.Sensitivity == Sensitivity.ChildSafety && !held.Contains(Permission.ChildSafety))
        {
            return new UndoResult(UndoOutcome.NotYours);
        }

        List<EnforcementAction> ordered = await scope.Db.Set<EnforcementAction>()
            .Where(row => row.DecisionId == decisionId).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (!CanUndo(decision, about, task, scope.Now) || ordered.Exists(row => row.State != EnforcementState.Pending))
        {
            return new UndoResult(UndoOutcome.TooLate);
        }

        Cancel(scope, caller, ordered);
        decision.Undo(scope.Now);
        if (task.ChangesCase)
        {
            about.UndoDecision();
            scope.Tell(about, CaseEventKind.Undone, caller.Id, decision.Id);
            scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        }

        scope.Record(caller, AuditAct.DecisionUndone, about.Number, task.Number, decision.Id.ToString());
        ActiveLease lease = await scope.ShowAgainAsync(caller, task, options.Value, cancellationToken).ConfigureAwait(false);
        foreach (IDecisionObserver observer in observers)
        {
            await observer.UndoneAsync(scope, decision, cancellationToken).ConfigureAwait(false);
        }

        return new UndoResult(UndoOutcome.Undone, new UndoneTask(task.Number, lease.Fence, lease.ExpiresAt, decision));
    }

    // A decision of a case that was opened again since, or of an emergency, stands.
    private static bool CanUndo(Decision decision, Case about, ReviewTask task, DateTimeOffset now) =>
        decision.State == DecisionState.Effective
        && decision.UndoUntil > decision.DecidedAt
        && now <= decision.UndoUntil
        && task.State == TaskState.Done
        && (!task.ChangesCase || (about.State == CaseState.Decided && about.DecisionId == decision.Id));

    private static void Cancel(WriteScope scope, Caller caller, List<EnforcementAction> ordered)
    {
        foreach (EnforcementAction action in ordered)
        {
            action.Cancel(scope.Now);
            scope.Record(caller, AuditAct.ActionCancelled, action.CaseNumber, subject: action.Id.ToString());
            scope.Publish(LiveKind.DeliveryChanged, action.CaseNumber, state: action.State.ToString());
        }
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
public sealed record UndoResult(UndoOutcome Outcome, UndoneTask? Task = null);

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
