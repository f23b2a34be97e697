using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Does what a batch orders to one case, inside that case's own transaction.</summary>
internal sealed class BulkMembers(
    IOptions<EnforcementOptions> enforcement, IEnumerable<IDecisionObserver> observers, IDecisionSource sources, DecisionUndoing undoing, DecisionReversing reversing,
    OrderedActions ordering)
{
    private readonly IDecisionObserver[] _observers = [.. observers];

    /// <summary>Does it, or leaves the case out and says why.</summary>
    public async Task DoAsync(
        WriteScope scope, Caller caller, BulkOrder order, BatchMember member, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        member.At = scope.Now;
        (LeftOutReason reason, Case? about, ReviewTask? task) = await LookAsync(scope, caller, order.Act, member, cancellationToken).ConfigureAwait(false);
        if (reason == LeftOutReason.None)
        {
            reason = order.Act switch
            {
                BulkAct.Decide => await DecideAsync(scope, caller, order, member, task!, held, cancellationToken).ConfigureAwait(false),
                BulkAct.Move => await MoveAsync(scope, caller, order, task!, cancellationToken).ConfigureAwait(false),
                BulkAct.Close => await CloseAsync(scope, caller, order, about!, cancellationToken).ConfigureAwait(false),
                _ => throw new ArgumentOutOfRangeException(nameof(order)),
            };
        }

        (member.State, member.Reason) = (reason == LeftOutReason.None ? MemberState.Done : MemberState.LeftOut, reason);
    }

    // As it was when it was proposed, and nobody at it: otherwise someone knows more by now than whoever proposed it.
    private static async Task<(LeftOutReason, Case?, ReviewTask?)> LookAsync(
        WriteScope scope, Caller caller, BulkAct act, BatchMember member, CancellationToken cancellationToken)
    {
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == member.CaseNumber, cancellationToken).ConfigureAwait(false);
        ReviewTask? task = await scope.Db.Set<ReviewTask>().SingleOrDefaultAsync(row => row.Number == member.TaskNumber, cancellationToken).ConfigureAwait(false);
        if (about.Version != member.CaseStamp || about.State != CaseState.Open || about.Sensitivity == Sensitivity.ChildSafety
            || task is null || task.QueueId != member.FromQueueId || task.CaseVersion != about.CaseVersion)
        {
            return (LeftOutReason.Changed, null, null);
        }

        if (await scope.Db.Set<ActiveLease>().AnyAsync(row => row.ExclusiveKey == about.Number, cancellationToken).ConfigureAwait(false) || task.State == TaskState.Leased)
        {
            return (LeftOutReason.InHand, null, null);
        }

        return task.State != TaskState.Waiting ? (LeftOutReason.Changed, null, null)
            : act == BulkAct.Decide && await scope.Db.Set<TaskExclusion>().AnyAsync(row => row.TaskNumber == task.Number && row.PersonId == caller.Id, cancellationToken).ConfigureAwait(false)
                ? (LeftOutReason.NotYours, null, null)
            : (LeftOutReason.None, about, task);
    }

    private async Task<LeftOutReason> DecideAsync(
        WriteScope scope, Caller caller, BulkOrder order, BatchMember member, ReviewTask task, IReadOnlySet<Permission> held, CancellationToken cancellationToken)
    {
        Decision? decision = await scope.DecideWaitingAsync(caller, order, task, held, enforcement.Value, _observers, sources, ordering, cancellationToken).ConfigureAwait(false);
        member.DecisionId = decision?.Id;
        return decision is null ? LeftOutReason.DoesNotFit : LeftOutReason.None;
    }

    private static async Task<LeftOutReason> MoveAsync(WriteScope scope, Caller caller, BulkOrder order, ReviewTask task, CancellationToken cancellationToken) =>
        await scope.MoveOpenTaskAsync(caller, task.Number, order.QueueId!.Value, seesChildSafety: false, cancellationToken).ConfigureAwait(false) switch
        {
            MoveOutcome.Moved => LeftOutReason.None,
            MoveOutcome.SameQueue => LeftOutReason.SameQueue,
            MoveOutcome.NotYours or MoveOutcome.QueueClosed or MoveOutcome.ChildSafetyStays => LeftOutReason.DoesNotFit,
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };

    private static async Task<LeftOutReason> CloseAsync(WriteScope scope, Caller caller, BulkOrder order, Case about, CancellationToken cancellationToken)
    {
        await scope.WithdrawOpenTasksAsync(caller, about, except: null, cancellationToken).ConfigureAwait(false);
        about.Close(scope.Now);
        scope.Tell(about, CaseEventKind.Withdrawn, caller.Id, text: order.CloseCode);
        scope.Record(caller, AuditAct.CaseWithdrawn, about.Number, details: new Dictionary<string, object?> { ["code"] = order.CloseCode });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString());
        return LeftOutReason.None;
    }

    /// <summary>Takes back what was done to a case: inside the window as if it had not been, afterwards by a decision of its own.</summary>
    public Task TakeBackAsync(WriteScope scope, Caller caller, BulkOrder order, BatchMember member, CancellationToken cancellationToken) =>
        new BulkReturn(scope, caller, undoing, reversing).TakeBackAsync(order, member, cancellationToken);
}
