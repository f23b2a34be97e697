using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Inbox;
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

    /// <summary>There is no such policy area, or the person cannot answer questions about this case.</summary>
    UnknownAddressee,
}

/// <summary>The answer to handing a case on.</summary>
/// <param name="EscalationId">The escalation, where there is one.</param>
public sealed record EscalateResult(EscalateOutcome Outcome, Guid? EscalationId = null);

/// <summary>What escalation and emergency have in common: the task at hand ends without a verdict, and an expert's begins.</summary>
internal static class HandingOn
{
    private const int EmergencyPriority = 1_000;
    private const int UrgentPriority = 200;
    private static readonly TimeSpan s_urgentClock = TimeSpan.FromHours(2);

    /// <param name="then">What else follows in the same transaction, once and only where the case was handed on just now.</param>
    public static async Task<EscalateResult> HandOnAsync(
        this WriteScope scope, Caller caller, long taskNumber, long fence, Ask ask, EscalationAddressees addressees,
        Func<Escalation, ReviewTask, Case, Task> then, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, taskNumber, fence, cancellationToken).ConfigureAwait(false) is not { Lease.Slot: LeaseSlot.Shown } mine)
        {
            return await AnswerAgainAsync(scope, caller.Id, taskNumber, fence, ask.Urgency, cancellationToken).ConfigureAwait(false);
        }

        (ActiveLease lease, ReviewTask task) = mine;
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
        QueueKind kind = ask.Urgency == EscalationUrgency.Emergency ? QueueKind.Emergency : QueueKind.Expert;
        CaseQueue? queue = await scope.Db.Set<CaseQueue>().Where(row => row.Kind == kind && !row.Archived)
            .OrderBy(row => row.Name).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (await RefusalAsync(scope, task, about, queue, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return new EscalateResult(refusal);
        }

        Guid[] askers = await AskersAsync(scope, caller, about, cancellationToken).ConfigureAwait(false);
        // Who asked about the case before is nothing that one who judges it again may find out by trying.
        Guid[] barred = task.ChangesCase ? askers : [caller.Id];
        if (!await addressees.IsGoodAsync(scope, ask.To, queue!.Id, about, barred, cancellationToken).ConfigureAwait(false))
        {
            return new EscalateResult(EscalateOutcome.UnknownAddressee);
        }

        // Not a decision, yet the end of the person's work on this task: the lease ends as after a verdict, and nothing waits again.
        await scope.EndLeaseAsync(caller, lease, LeaseEnd.Decided, cancellationToken).ConfigureAwait(false);
        task.Finish(scope.Now);
        await scope.Db.Set<Draft>().Where(row => row.TaskNumber == task.Number && row.PersonId == caller.Id)
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        if (!task.ChangesCase && await MeasuringHandOn.EndsHereAsync(scope, caller, task, about, ask.Question, ask.Urgency, cancellationToken).ConfigureAwait(false))
        {
            return new EscalateResult(EscalateOutcome.Escalated);
        }

        ReviewTask next = await QueueAsync(scope, caller, task, about, queue, ask.Urgency, askers, cancellationToken).ConfigureAwait(false);
        Escalation escalation = new()
        {
            CaseNumber = about.Number,
            FromTask = task.Number,
            ExpertTask = next.Number,
            AskedBy = caller.Id,
            Question = ask.Question,
            Urgency = ask.Urgency,
            AskedAt = scope.Now,
            AreaId = ask.To.AreaId,
            AskedOf = ask.To.PersonId,
        };
        scope.Db.Add(escalation);
        await AddressAsync(scope, escalation, next, about, askers, addressees, cancellationToken).ConfigureAwait(false);
        Announce(scope, caller, about, next, escalation);
        await then(escalation, next, about).ConfigureAwait(false);
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

    // Whoever asked about this case does not answer: neither now nor where an expert asks another.
    private static async Task<Guid[]> AskersAsync(WriteScope scope, Caller caller, Case about, CancellationToken cancellationToken) =>
    [
        .. (await scope.Db.Set<Escalation>().Where(row => row.CaseNumber == about.Number)
            .Select(row => row.AskedBy).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false)).Append(caller.Id).Distinct(),
    ];

    private static Task<ReviewTask> QueueAsync(
        WriteScope scope, Caller caller, ReviewTask from, Case about, CaseQueue queue, EscalationUrgency urgency, Guid[] askers, CancellationToken cancellationToken)
    {
        DateTimeOffset ordinary = queue.DeadlineMinutes is { } minutes ? scope.Now.AddMinutes(minutes) : Instant.Never;
        (DateTimeOffset own, int priority) = urgency switch
        {
            EscalationUrgency.Emergency => (scope.Now + EmergencyClock.Length, EmergencyPriority),
            EscalationUrgency.Urgent => (ordinary < scope.Now + s_urgentClock ? ordinary : scope.Now + s_urgentClock, Math.Max(from.Priority, UrgentPriority)),
            EscalationUrgency.Normal => (ordinary, from.Priority),
            _ => throw new ArgumentOutOfRangeException(nameof(urgency)),
        };
        // A deadline that runs already is not stopped by a question.
        DateTimeOffset due = own < from.DueAt ? own : from.DueAt;
        return scope.QueueTaskAsync(caller, about, TaskKind.Expert, queue, priority, due, cancellationToken, askers);
    }

    // It waits for those to whom it was addressed only where someone of them is there to take it.
    private static async Task AddressAsync(
        WriteScope scope, Escalation asked, ReviewTask next, Case about, Guid[] askers, EscalationAddressees addressees, CancellationToken cancellationToken)
    {
        DateTimeOffset until = EscalationAddressees.WaitsUntil(asked.Urgency, next.DueAt, scope.Now);
        if (asked.AskedOf is { } person)
        {
            await scope.TellAsync(person, InboxKind.EscalationAsked, EscalationKeys.Asked(asked), cancellationToken, about.Number, next.Number).ConfigureAwait(false);
            if (until > scope.Now && await addressees.IsThereAsync(scope, person, next.QueueId, about, cancellationToken).ConfigureAwait(false))
            {
                scope.Db.Add(new TaskReservation { TaskNumber = next.Number, PersonId = person, Until = until });
            }
        }
        else if (asked.AreaId is { } area && until > scope.Now
            && await addressees.AnyoneIsThereAsync(scope, area, next.QueueId, about, askers, cancellationToken).ConfigureAwait(false))
        {
            asked.AreaUntil = until;
        }
    }

    private static void Announce(WriteScope scope, Caller caller, Case about, ReviewTask next, Escalation escalation)
    {
        bool emergency = escalation.Urgency == EscalationUrgency.Emergency;
        bool childSafety = about.Sensitivity == Sensitivity.ChildSafety;
        scope.Tell(about, emergency ? CaseEventKind.Emergency : CaseEventKind.Escalated, caller.Id, escalation.Id);
        scope.Record(caller, emergency ? AuditAct.EmergencyRaised : AuditAct.CaseEscalated, about.Number, escalation.FromTask, escalation.Id.ToString(), new Dictionary<string, object?>
        {
            ["area"] = escalation.AreaId,
            ["askedOf"] = escalation.AskedOf,
            ["expertTask"] = next.Number,
            ["queue"] = next.QueueId,
            ["urgency"] = escalation.Urgency.ToString(),
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
