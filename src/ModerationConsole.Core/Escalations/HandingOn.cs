using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>What became of handing a case on.</summary>
public enum EscalateOutcome
{
    /// <summary>The case waits for an expert; the task is off the person's hands.</summary>
    Escalated,

    /// <summary>The task is no longer the person's.</summary>
    LeaseLost,

    /// <summary>There is no question in the text.</summary>
    QuestionRequired,

    /// <summary>The text is longer than 5 000 characters.</summary>
    TextTooLong,

    /// <summary>There is no queue to hand it to.</summary>
    NoQueue,

    /// <summary>It is an emergency already.</summary>
    NotPossible,

    /// <summary>This version of the case was decided or closed meanwhile.</summary>
    CaseClosed,
}

/// <summary>The answer to handing a case on.</summary>
/// <param name="EscalationId">The escalation, where there is one.</param>
public sealed record EscalateResult(EscalateOutcome Outcome, Guid? EscalationId = null);

/// <summary>What escalation and emergency have in common: the task at hand ends without a verdict, and an expert's begins.</summary>
internal static class HandingOn
{
    private const int EmergencyPriority = 1_000;
    private static readonly TimeSpan s_emergencyClock = TimeSpan.FromMinutes(15);

    public static async Task<EscalateResult> HandOnAsync(
        this WriteScope scope, Caller caller, long taskNumber, long fence, string question, EscalationUrgency urgency, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, taskNumber, fence, cancellationToken).ConfigureAwait(false) is not { Lease.Slot: LeaseSlot.Shown } mine)
        {
            return await AnswerAgainAsync(scope, caller.Id, taskNumber, fence, urgency, cancellationToken).ConfigureAwait(false);
        }

        (ActiveLease lease, ReviewTask task) = mine;
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
        QueueKind kind = urgency == EscalationUrgency.Emergency ? QueueKind.Emergency : QueueKind.Expert;
        CaseQueue? queue = await scope.Db.Set<CaseQueue>().Where(row => row.Kind == kind && !row.Archived)
            .OrderBy(row => row.Name).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (await RefusalAsync(scope, task, about, queue, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return new EscalateResult(refusal);
        }

        // Not a decision, yet the end of the person's work on this task: the lease ends as after a verdict, and nothing waits again.
        await scope.EndLeaseAsync(caller, lease, LeaseEnd.Decided, cancellationToken).ConfigureAwait(false);
        task.Finish(scope.Now);
        await scope.Db.Set<Draft>().Where(row => row.TaskNumber == task.Number && row.PersonId == caller.Id)
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        if (!task.ChangesCase && await MeasuringHandOn.EndsHereAsync(scope, caller, task, about, question, urgency, cancellationToken).ConfigureAwait(false))
        {
            return new EscalateResult(EscalateOutcome.Escalated);
        }

        ReviewTask next = await QueueAsync(scope, caller, task, about, queue!, urgency, cancellationToken).ConfigureAwait(false);
        Escalation escalation = new()
        {
            CaseNumber = about.Number,
            FromTask = task.Number,
            ExpertTask = next.Number,
            AskedBy = caller.Id,
            Question = question,
            Urgency = urgency,
            AskedAt = scope.Now,
        };
        scope.Db.Add(escalation);
        Announce(scope, caller, about, next, escalation);
        return new EscalateResult(EscalateOutcome.Escalated, escalation.Id);
    }

    private static async Task<EscalateOutcome?> RefusalAsync(
        WriteScope scope, ReviewTask task, Case about, CaseQueue? queue, CancellationToken cancellationToken)
    {
        // What measures is about a decision, wherever its case stands by now.
        if (task.ChangesCase && (about.State != CaseState.Open || about.CaseVersion != task.CaseVersion))
        {
            return EscalateOutcome.CaseClosed;
        }

        if (queue is null)
        {
            return EscalateOutcome.NoQueue;
        }

        bool isEmergency = await scope.Db.Set<CaseQueue>().AnyAsync(row => row.Id == task.QueueId && row.Kind == QueueKind.Emergency, cancellationToken).ConfigureAwait(false);
        return isEmergency ? EscalateOutcome.NotPossible : null;
    }

    private static async Task<ReviewTask> QueueAsync(
        WriteScope scope, Caller caller, ReviewTask from, Case about, CaseQueue queue, EscalationUrgency urgency, CancellationToken cancellationToken)
    {
        // Whoever asked about this case does not answer: neither now nor where an expert asks another.
        List<Guid> askers = await scope.Db.Set<Escalation>().Where(row => row.CaseNumber == about.Number)
            .Select(row => row.AskedBy).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset own = urgency == EscalationUrgency.Emergency
            ? scope.Now + s_emergencyClock
            : queue.DeadlineMinutes is { } minutes ? scope.Now.AddMinutes(minutes) : Instant.Never;
        // A deadline that runs already is not stopped by a question.
        DateTimeOffset due = own < from.DueAt ? own : from.DueAt;
        int priority = urgency == EscalationUrgency.Emergency ? EmergencyPriority : from.Priority;
        return await scope.QueueTaskAsync(
            caller, about, TaskKind.Expert, queue, priority, due, cancellationToken, askers.Append(caller.Id).Distinct()).ConfigureAwait(false);
    }

    private static void Announce(WriteScope scope, Caller caller, Case about, ReviewTask next, Escalation escalation)
    {
        bool emergency = escalation.Urgency == EscalationUrgency.Emergency;
        bool childSafety = about.Sensitivity == Sensitivity.ChildSafety;
        scope.Tell(about, emergency ? CaseEventKind.Emergency : CaseEventKind.Escalated, caller.Id, escalation.Id);
        scope.Record(caller, emergency ? AuditAct.EmergencyRaised : AuditAct.CaseEscalated, about.Number, escalation.FromTask, escalation.Id.ToString(), new Dictionary<string, object?>
        {
            ["expertTask"] = next.Number,
            ["queue"] = next.QueueId,
        });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: childSafety);
        if (emergency)
        {
            scope.Publish(LiveKind.Alarm, about.Number, next.Number, next.QueueId, state: "Emergency", childSafety: childSafety);
        }
    }

    private static async Task<EscalateResult> AnswerAgainAsync(
        WriteScope scope, Guid personId, long taskNumber, long fence, EscalationUrgency urgency, CancellationToken cancellationToken)
    {
        Guid? before = await (
            from record in scope.Db.Set<LeaseRecord>()
            join escalation in scope.Db.Set<Escalation>()
                on new { Task = record.TaskNumber, Person = record.PersonId, At = record.EndedAt }
                equals new { Task = escalation.FromTask, Person = escalation.AskedBy, At = escalation.AskedAt }
            where record.TaskNumber == taskNumber && record.PersonId == personId && record.Fence == fence && escalation.Urgency == urgency
            select (Guid?)escalation.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return before is not null || await MeasuringHandOn.WasHandedOnAsync(scope, personId, taskNumber, fence, cancellationToken).ConfigureAwait(false)
            ? new EscalateResult(EscalateOutcome.Escalated, before)
            : new EscalateResult(EscalateOutcome.LeaseLost);
    }
}
