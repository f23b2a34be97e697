using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// Decides the task that a person has on the screen. Decision, task, case, audit, event and what is to be sent commit together
/// or not at all; the draw's fencing number is checked inside that transaction.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class DecideCase(
    WritePath writes, IAccessGuard guard, IOptions<EnforcementOptions> options, IEnumerable<IDecisionObserver> observers) : IUseCase
{
    /// <summary>Decides once; sent again it answers with the same decision.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not review, or not this kind of case.</exception>
    public async Task<DecideResult> RunAsync(Caller caller, DecideCommand command, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<DecideCase>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(command);
        if (DecisionCheck.RefusalOf(command) is { } refusal)
        {
            return new DecideResult(refusal);
        }

        DecideCommand clean = Clean(command);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => DecideAsync(scope, caller, clean, held, token), cancellationToken).ConfigureAwait(false);
    }

    private static DecideCommand Clean(DecideCommand command) => command with
    {
        PolicyId = command.Verdict == Verdict.Violation && !string.IsNullOrWhiteSpace(command.PolicyId) ? command.PolicyId : null,
        CannotReviewCode = command.Verdict == Verdict.CannotReview ? command.CannotReviewCode : null,
        ReasonForUser = DecisionText.Clean(command.ReasonForUser),
        InternalNote = DecisionText.Clean(command.InternalNote),
        MediaTimeMarkSeconds = command.MediaTimeMarkSeconds is { } mark && double.IsFinite(mark) && mark >= 0 ? mark : null,
    };

    private async Task<DecideResult> DecideAsync(
        WriteScope scope, Caller caller, DecideCommand command, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        // A task drawn ahead is not on the screen: no key can be meant for it.
        if (await scope.HeldAsync(caller.Id, command.TaskNumber, command.Fence, cancellationToken).ConfigureAwait(false)
            is not { Lease.Slot: LeaseSlot.Shown } mine)
        {
            return await AnswerAgain.ReadAsync(scope, caller.Id, command, cancellationToken).ConfigureAwait(false);
        }

        (ActiveLease lease, ReviewTask task) = mine;
        JudgedTask judged = await JudgedTask.ReadAsync(scope.Db, task, cancellationToken).ConfigureAwait(false);
        judged.Demand(held);
        if (task.ChangesCase && (judged.About.State != CaseState.Open || judged.About.CaseVersion != task.CaseVersion))
        {
            return new DecideResult(DecideOutcome.CaseClosed);
        }

        DecisionCheck check = await DecisionCheck.RunAsync(scope.Db, command, judged, cancellationToken).ConfigureAwait(false);
        if (check.Refusal is not null)
        {
            return check.Refusal;
        }

        DecisionSnapshot snapshot = await DecisionSnapshot.TakeAsync(
            scope.Db, judged, check.Policy?.VersionId, held.Contains(Permission.ChildSafety), cancellationToken).ConfigureAwait(false);
        TimeSpan window = options.Value.UndoWindow(
            check.Orders.Any(order => !order.Action.Reversible), judged.Queue.Kind == QueueKind.Emergency);
        MediaStep? highest = snapshot.Media.Count == 0 ? null
            : await MediaReveals.HighestStepAsync(scope.Db, caller.Id, new DrawnTask(task.Number, lease.Fence), cancellationToken).ConfigureAwait(false)
                ?? MediaStep.BlurredStill;
        Decision decision = DecisionRecord.Make(scope.Now, caller.Id, command, judged, lease, check, snapshot, highest, window);
        scope.Db.Add(decision);
        await FinishAsync(scope, caller, judged, lease, task, decision, cancellationToken).ConfigureAwait(false);

        // Quality work is measured, never carried out.
        IReadOnlyList<OrderedAction> ordered = task.ChangesCase
            ? await OrderedActions.QueueAsync(scope, caller, judged, decision, check, cancellationToken).ConfigureAwait(false)
            : [];
        foreach (IDecisionObserver observer in observers)
        {
            await observer.DecidedAsync(scope, decision, cancellationToken).ConfigureAwait(false);
        }

        return new DecideResult(DecideOutcome.Decided, decision.Id, window > TimeSpan.Zero ? decision.UndoUntil : null) { Ordered = ordered };
    }

    private static async Task FinishAsync(
        WriteScope scope, Caller caller, JudgedTask judged, ActiveLease lease, ReviewTask task, Decision decision, CancellationToken cancellationToken)
    {
        Case about = judged.About;
        await scope.EndLeaseAsync(caller, lease, LeaseEnd.Decided, cancellationToken).ConfigureAwait(false);
        task.Finish(scope.Now);
        await scope.Db.Set<Draft>().Where(row => row.TaskNumber == task.Number && row.PersonId == caller.Id)
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        scope.Record(caller, AuditAct.DecisionMade, about.Number, task.Number, decision.Id.ToString(), DecisionRecord.Details(decision));
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
