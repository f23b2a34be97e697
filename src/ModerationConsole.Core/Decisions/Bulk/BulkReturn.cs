using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Takes back what a batch did to one case, inside that case's own transaction.</summary>
internal sealed class BulkReturn(WriteScope scope, Caller caller, DecisionUndoing undoing, DecisionReversing reversing)
{
    public async Task TakeBackAsync(BulkOrder order, BatchMember member, CancellationToken cancellationToken)
    {
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == member.CaseNumber, cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == member.TaskNumber, cancellationToken).ConfigureAwait(false);
        MemberState state = about.Sensitivity == Sensitivity.ChildSafety ? MemberState.Stands : order.Act switch
        {
            BulkAct.Decide => await DecisionAsync(member, about, task, cancellationToken).ConfigureAwait(false),
            BulkAct.Move => await MoveBackAsync(order, member, task, cancellationToken).ConfigureAwait(false),
            BulkAct.Close => await OpenAgainAsync(member, about, task, cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
        (member.State, member.At) = (state, scope.Now);
        member.Reason = state == MemberState.Stands ? LeftOutReason.WentOn : LeftOutReason.None;
    }

    private async Task<MemberState> DecisionAsync(BatchMember member, Case about, ReviewTask task, CancellationToken cancellationToken)
    {
        Decision decision = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == member.DecisionId, cancellationToken).ConfigureAwait(false);
        if (decision.State != DecisionState.Effective || about.DecisionId != decision.Id || about.State == CaseState.Open)
        {
            return MemberState.Stands;
        }

        // Nothing has left: as if it had not been decided, the task waits again where it did.
        if (await DecisionUndoing.TakeBackAsync(scope, caller, decision, cancellationToken).ConfigureAwait(false) is not null)
        {
            task.TakeBack();
            task.GoBack();
            TaskBoard.Wait(scope, task, about);
            await undoing.TellAsync(scope, task, decision, cancellationToken).ConfigureAwait(false);
            return MemberState.TakenBack;
        }

        await ReverseAsync(decision, about, task, cancellationToken).ConfigureAwait(false);
        return MemberState.Reversed;
    }

    // Something may have left: a violation is answered by a decision that allows; anything else is judged anew.
    private async Task ReverseAsync(Decision decision, Case about, ReviewTask task, CancellationToken cancellationToken)
    {
        if (decision.Verdict != Verdict.Violation)
        {
            decision.Reverse();
            scope.Record(caller, AuditAct.DecisionReversed, about.Number, task.Number, decision.Id.ToString());
            await JudgeAnewAsync(about, task, cancellationToken).ConfigureAwait(false);
            await undoing.TellReversedAsync(scope, task, decision, cancellationToken).ConfigureAwait(false);
            return;
        }

        JudgedTask judged = await JudgedTask.ReadAsync(scope.Reads, task, cancellationToken).ConfigureAwait(false);
        List<EnforcementAction> done = await scope.Db.Set<EnforcementAction>().Where(row => row.DecisionId == decision.Id && row.Kind == DeliveryKind.Action).OrderBy(row => row.Id)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        await reversing.ReverseAsync(scope, caller, decision, task, judged, done, note: null, seesChildSafety: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MemberState> MoveBackAsync(BulkOrder order, BatchMember member, ReviewTask task, CancellationToken cancellationToken)
    {
        bool stillThere = task.State == TaskState.Waiting && task.QueueId == order.QueueId;
        return stillThere && await scope.MoveOpenTaskAsync(caller, task.Number, member.FromQueueId ?? Guid.Empty, seesChildSafety: false, cancellationToken).ConfigureAwait(false) == MoveOutcome.Moved
            ? MemberState.TakenBack
            : MemberState.Stands;
    }

    private async Task<MemberState> OpenAgainAsync(BatchMember member, Case about, ReviewTask task, CancellationToken cancellationToken)
    {
        // One change since it was proposed: the closing itself.
        if (about.State != CaseState.Closed || about.Version != member.CaseStamp + 1)
        {
            return MemberState.Stands;
        }

        await JudgeAnewAsync(about, task, cancellationToken).ConfigureAwait(false);
        return MemberState.TakenBack;
    }

    private async Task JudgeAnewAsync(Case about, ReviewTask task, CancellationToken cancellationToken)
    {
        about.Reopen();
        scope.Tell(about, CaseEventKind.Reopened, caller.Id);
        scope.Record(caller, AuditAct.CaseReopened, about.Number, details: new Dictionary<string, object?> { ["caseVersion"] = about.CaseVersion });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString());
        CaseQueue queue = await scope.Db.Set<CaseQueue>().SingleOrDefaultAsync(row => row.Id == task.QueueId && !row.Archived, cancellationToken).ConfigureAwait(false)
            ?? await scope.DefaultQueueAsync(cancellationToken).ConfigureAwait(false);
        await scope.QueueTaskAsync(caller, about, task.Kind, queue, task.Priority, task.DueAt, cancellationToken).ConfigureAwait(false);
    }
}
