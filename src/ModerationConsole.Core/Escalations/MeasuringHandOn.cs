using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>
/// Handing on a task that measures: who does it must not learn that it is one, and a threat to life or a child in it is as real as
/// anywhere. A question stays with the task and asks nobody; an emergency and a child-safety mark reach the case itself.
/// </summary>
internal static class MeasuringHandOn
{
    /// <summary>Whether nothing follows beyond the end of the task. Where something does, the case is open for it afterwards.</summary>
    public static async Task<bool> EndsHereAsync(
        WriteScope scope, Caller caller, ReviewTask task, Case about, string question, EscalationUrgency urgency, CancellationToken cancellationToken)
    {
        ReviewTask? open = urgency == EscalationUrgency.Emergency ? await OpenEmergencyAsync(scope, about, cancellationToken).ConfigureAwait(false) : null;
        if (urgency == EscalationUrgency.Emergency && open is null)
        {
            OpenAgain(scope, caller, about);
            return false;
        }

        // Kept as a text of this person about this task, for as long as such texts are.
        scope.Db.Add(new Draft { TaskNumber = task.Number, PersonId = caller.Id, Content = new KeptQuestion(question).Write(), SavedAt = scope.Now });
        scope.Record(caller, AuditAct.MeasureHandedOn, about.Number, task.Number, details: new Dictionary<string, object?>
        {
            ["hash"] = KeptQuestion.Hash(question),
            ["urgency"] = urgency.ToString(),
        });
        if (open is not null)
        {
            // On-call has it already. That someone else sees the same is worth another alarm, and they do not answer it.
            await scope.ExcludeAsync(open.Number, caller.Id, cancellationToken).ConfigureAwait(false);
            scope.Record(caller, AuditAct.EmergencyRaised, about.Number, task.Number, details: new Dictionary<string, object?> { ["expertTask"] = open.Number });
            scope.Publish(LiveKind.Alarm, about.Number, open.Number, open.QueueId, state: "Emergency", childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        }

        return true;
    }

    /// <summary>Whether a person handed on this task that measures, with this draw and without an escalation of the case.</summary>
    public static Task<bool> WasHandedOnAsync(WriteScope scope, Guid personId, long taskNumber, long fence, CancellationToken cancellationToken) => (
        from record in scope.Db.Set<LeaseRecord>()
        join task in scope.Db.Set<ReviewTask>() on record.TaskNumber equals task.Number
        where record.TaskNumber == taskNumber && record.PersonId == personId && record.Fence == fence && record.End == LeaseEnd.Decided
            && task.State == TaskState.Done && TaskKinds.Measuring.Contains(task.Kind)
            && !scope.Db.Set<Decision>().Any(row => row.TaskNumber == taskNumber)
            && !scope.Db.Set<Escalation>().Any(row => row.FromTask == taskNumber)
        select record).AnyAsync(cancellationToken);

    /// <summary>A case that was decided or closed, and of which child safety was seen on a task that measures, waits for those who may see it.</summary>
    public static async Task QueueChildSafetyAsync(WriteScope scope, Caller caller, ReviewTask task, Case about, CancellationToken cancellationToken)
    {
        if (about.State == CaseState.Open)
        {
            return;
        }

        OpenAgain(scope, caller, about);
        CaseQueue queue = await scope.QueueOfKindAsync(QueueKind.ChildSafety, cancellationToken).ConfigureAwait(false);
        DateTimeOffset due = queue.DeadlineMinutes is { } minutes ? scope.Now.AddMinutes(minutes) : Instant.Never;
        await scope.QueueTaskAsync(caller, about, TaskKind.First, queue, task.Priority, due, cancellationToken).ConfigureAwait(false);
    }

    // What a person sees in a case that was decided or closed is new evidence.
    private static void OpenAgain(WriteScope scope, Caller caller, Case about)
    {
        if (about.State == CaseState.Open)
        {
            return;
        }

        about.Reopen();
        about.LastEvidenceAt = scope.Now;
        scope.Tell(about, CaseEventKind.Reopened);
        scope.Record(caller, AuditAct.CaseReopened, about.Number, details: new Dictionary<string, object?> { ["caseVersion"] = about.CaseVersion });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
    }

    private static Task<ReviewTask?> OpenEmergencyAsync(WriteScope scope, Case about, CancellationToken cancellationToken) => (
        from task in scope.Db.Set<ReviewTask>()
        join queue in scope.Db.Set<CaseQueue>() on task.QueueId equals queue.Id
        where task.CaseNumber == about.Number && queue.Kind == QueueKind.Emergency && task.Kind == TaskKind.Expert
            && (task.State == TaskState.Waiting || task.State == TaskState.Leased)
        orderby task.Number
        select task).FirstOrDefaultAsync(cancellationToken);
}
