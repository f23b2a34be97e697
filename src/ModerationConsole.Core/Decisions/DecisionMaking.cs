using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>A verdict that was found good, with all that carrying it out needs.</summary>
internal sealed record ReadyDecision(DecideCommand Command, ActiveLease Lease, ReviewTask Task, JudgedTask Judged, DecisionCheck Check);

/// <summary>
/// Decides a task inside a write, whether it stands alone or in a stack. Decision, task, case, audit, event and what is to be sent
/// commit together or not at all; the draw's fencing number is checked inside that transaction.
/// </summary>
public sealed class DecisionMaking(
    IOptions<EnforcementOptions> options, IEnumerable<IDecisionObserver> observers, IDecisionHaste haste, IDecisionSource sources, OrderedActions ordering)
{
    /// <summary>A command as it is kept: without what its verdict does not use.</summary>
    internal static DecideCommand Clean(DecideCommand command) => command with
    {
        PolicyId = command.Verdict == Verdict.Violation && !string.IsNullOrWhiteSpace(command.PolicyId) ? command.PolicyId : null,
        CannotReviewCode = command.Verdict == Verdict.CannotReview ? command.CannotReviewCode : null,
        ReasonForUser = DecisionText.Clean(command.ReasonForUser),
        InternalNote = DecisionText.Clean(command.InternalNote),
        MediaTimeMarkSeconds = command.MediaTimeMarkSeconds is { } mark && double.IsFinite(mark) && mark >= 0 ? mark : null,
    };

    /// <summary>Holds a verdict against the case as it stands now; changes nothing.</summary>
    /// <exception cref="PermissionDeniedException">The caller lost a right that the case asks for.</exception>
    internal static async Task<(ReadyDecision? Ready, DecideResult? Refusal)> CheckAsync(
        WriteScope scope, DecideCommand command, ActiveLease lease, ReviewTask task, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        JudgedTask judged = await JudgedTask.ReadAsync(scope.Reads, task, cancellationToken).ConfigureAwait(false);
        judged.Demand(held);
        if (task.Kind == TaskKind.Appeal && !held.Contains(Permission.HearAppeals))
        {
            throw new PermissionDeniedException(Permission.HearAppeals);
        }

        if (task.Kind == TaskKind.Appeal && DecisionCheck.RefusalOfAnswer(command) is { } unanswered)
        {
            return (null, new DecideResult(unanswered));
        }

        if (task is { Kind: TaskKind.Appeal, JudgesAgain: { } contested } && command.Stands)
        {
            return (await StandingAsync(scope, command, lease, task, judged, contested, cancellationToken).ConfigureAwait(false), null);
        }

        if (task.ChangesCase && (judged.About.State != CaseState.Open || judged.About.CaseVersion != task.CaseVersion))
        {
            return (null, new DecideResult(DecideOutcome.CaseClosed));
        }

        // Someone asked; in an emergency nobody is kept waiting for a text.
        if (judged.Queue.Kind == QueueKind.Expert && task.Kind == TaskKind.Expert && command.InternalNote is null)
        {
            return (null, new DecideResult(DecideOutcome.RationaleRequired));
        }

        DecisionCheck check = await DecisionCheck.RunAsync(scope.Reads, command, judged, scope.Now, cancellationToken).ConfigureAwait(false);
        return check.Refusal is { } refusal ? (null, refusal) : (new ReadyDecision(command, lease, task, judged, check), null);
    }

    /// <summary>Carries out a verdict that was found good.</summary>
    /// <param name="seat">Where it stands among those that are decided together; null where it stands alone.</param>
    internal async Task<DecideResult> MakeAsync(
        WriteScope scope, Caller caller, ReadyDecision ready, IReadOnlySet<Permission> held, StackedSeat? seat, CancellationToken cancellationToken)
    {
        (DecideCommand command, ActiveLease lease, ReviewTask task, JudgedTask judged, DecisionCheck check) = ready;
        DecisionSnapshot snapshot = await DecisionSnapshot.OfAsync(
            scope, task, judged, check.Policy?.VersionId, held.Contains(Permission.ChildSafety), cancellationToken).ConfigureAwait(false);
        bool emergency = judged.Queue.Kind == QueueKind.Emergency || await haste.IsEmergencyAsync(scope.Db, task, cancellationToken).ConfigureAwait(false);
        TimeSpan window = options.Value.UndoWindow(check.Orders.Any(order => !order.Action.Reversible), emergency);
        MediaStep? highest = snapshot.Media.Count == 0 ? null
            : await scope.Reads.FindAsync(MediaReads.HighestStep, (new DrawnTask(task.Number, lease.Fence), caller.Id), cancellationToken).ConfigureAwait(false);
        DecisionSourceType? source = await sources.LedToAsync(scope, task, judged, cancellationToken).ConfigureAwait(false);
        Decision decision = DecisionRecord.Make(scope.Now, caller.Id, command, judged, lease, check, snapshot, highest, window, share: seat?.Share ?? 1, source: source);
        scope.Db.Add(decision);
        seat?.Keep(scope, decision);
        await FinishAsync(scope, caller, ready, decision, seat, cancellationToken).ConfigureAwait(false);

        // Quality work is measured, never carried out.
        IReadOnlyList<OrderedAction> ordered = task.ChangesCase
            ? await ordering.QueueAsync(scope, caller, judged, decision, check, cancellationToken).ConfigureAwait(false)
            : [];
        foreach (IDecisionObserver observer in observers.Where(observer => observer.Concerns(task)))
        {
            await observer.DecidedAsync(scope, decision, cancellationToken).ConfigureAwait(false);
        }

        return new DecideResult(DecideOutcome.Decided, decision.Id, window > TimeSpan.Zero ? decision.UndoUntil : null) { Ordered = ordered };
    }

    // What stood when it was decided still stands: a policy or an action that was put away since does not change the answer.
    private static async Task<ReadyDecision> StandingAsync(
        WriteScope scope, DecideCommand command, ActiveLease lease, ReviewTask task, JudgedTask judged, Guid contested, CancellationToken cancellationToken)
    {
        Decision decided = await scope.Db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == contested, cancellationToken).ConfigureAwait(false);
        DecisionCheck check = new(Refusal: null, await scope.Reads.PolicyOfAsync(decided, cancellationToken).ConfigureAwait(false))
        {
            Named = ActionScope.List(decided.Actions),
        };
        return new ReadyDecision(command with { Verdict = decided.Verdict, Actions = [] }, lease, task, judged, check);
    }

    private static async Task FinishAsync(
        WriteScope scope, Caller caller, ReadyDecision ready, Decision decision, StackedSeat? seat, CancellationToken cancellationToken)
    {
        (_, ActiveLease lease, ReviewTask task, JudgedTask judged, _) = ready;
        Case about = judged.About;
        await scope.EndLeaseAsync(caller, lease, LeaseEnd.Decided, cancellationToken).ConfigureAwait(false);
        task.Finish(scope.Now);
        if (await scope.Reads.FindAsync(DecisionReads.Drafts, (task.Number, caller.Id), cancellationToken).ConfigureAwait(false) is { } draft)
        {
            scope.Db.Remove(draft);
        }

        Dictionary<string, object?> details = DecisionRecord.Details(decision);
        if (seat is not null)
        {
            details["stack"] = seat.StackId;
        }

        scope.Record(caller, AuditAct.DecisionMade, about.Number, task.Number, decision.Id.ToString(), details);
        if (!task.ChangesCase)
        {
            return;
        }

        // At most one decision is in force for a version of a case: what else was asked of this version is superseded.
        await scope.WithdrawOpenTasksAsync(caller, about, task.Number, cancellationToken).ConfigureAwait(false);
        bool childSafety = about.Sensitivity == Sensitivity.ChildSafety;
        about.Decide(decision.Id, scope.Now);
        scope.Tell(about, CaseEventKind.Decided, caller.Id, decision.Id, DecisionRecord.Line(decision));
        scope.Record(caller, AuditAct.CaseDecided, about.Number, subject: decision.Id.ToString());
        scope.Publish(LiveKind.DecisionRecorded, about.Number, task.Number, task.QueueId, state: decision.Verdict.ToString(), childSafety: childSafety);
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: childSafety);
    }
}
