using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of meaning a task for someone.</summary>
public enum AssignOutcome
{
    /// <summary>They are offered it first, and nobody else for half an hour.</summary>
    Assigned,

    /// <summary>No such task that the caller may know of, or it is done.</summary>
    NotFound,

    /// <summary>The person has it in hand already.</summary>
    AlreadyTheirs,

    /// <summary>The person may not work that queue, or does not review that language.</summary>
    CannotWork,
}

/// <summary>
/// A lead means a task for one person. Whoever holds it loses it; the person is told and offered it first, if nothing speaks
/// against it when they ask for work. Whether something does is nobody's business: the task then goes to others after a while.
/// </summary>
[Requires(Permission.ReassignTasks)]
public sealed class AssignTask(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>How long a task waits for its person alone.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromMinutes(30);

    /// <summary>Means a waiting or held task for a person.</summary>
    public async Task<AssignOutcome> RunAsync(Caller caller, long taskNumber, Guid personId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AssignTask>(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> theirs = await guard.PermissionsOfAsync(Caller.Person(personId), cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => AssignAsync(scope, caller, taskNumber, personId, theirs, seesChildSafety, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<AssignOutcome> AssignAsync(
        WriteScope scope, Caller caller, long taskNumber, Guid personId, IReadOnlySet<Permission> theirs, bool seesChildSafety, CancellationToken cancellationToken)
    {
        ReviewTask? task = await scope.Db.Set<ReviewTask>().SingleOrDefaultAsync(row => row.Number == taskNumber, cancellationToken).ConfigureAwait(false);
        Case? about = task is null ? null : await scope.Db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
        // What measures is nobody's to give: it must not stand out.
        if (task is not { State: TaskState.Waiting or TaskState.Leased, ChangesCase: true } || (about!.Sensitivity == Sensitivity.ChildSafety && !seesChildSafety))
        {
            return AssignOutcome.NotFound;
        }

        ActiveLease? lease = await scope.Db.Set<ActiveLease>().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false);
        if (lease?.PersonId == personId)
        {
            return AssignOutcome.AlreadyTheirs;
        }

        Reviewer? person = theirs.Contains(Permission.ReviewCases)
            ? await Reviewer.FindAsync(scope.Reads, personId, theirs, cancellationToken).ConfigureAwait(false)
            : null;
        if (person is null || !MayWork(person, task, about))
        {
            return AssignOutcome.CannotWork;
        }

        if (lease is not null)
        {
            await scope.EndLeaseAsync(caller, lease, LeaseEnd.Revoked, cancellationToken).ConfigureAwait(false);
        }

        if (await scope.Db.Set<TaskReservation>().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false) is { } before)
        {
            scope.Db.Remove(before);
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        scope.Db.Add(new TaskReservation { TaskNumber = taskNumber, PersonId = personId, Until = scope.Now + WaitsFor });
        scope.Record(caller, AuditAct.TaskAssigned, task.CaseNumber, task.Number, personId.ToString());
        scope.Publish(LiveKind.CaseQueued, task.CaseNumber, task.Number, task.QueueId, childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        await scope.TellAsync(personId, InboxKind.TaskAssigned, $"task:{taskNumber}", cancellationToken, taskNumber: taskNumber, subject: task.QueueId.ToString()).ConfigureAwait(false);
        return AssignOutcome.Assigned;
    }

    // Only what leads know anyway: queues and languages. Everything else is asked where work is offered, and not told.
    private static bool MayWork(Reviewer person, ReviewTask task, Case about)
    {
        string? language = ReviewLanguage.Of(about.Language);
        return person.Queues.Contains(task.QueueId)
            && (language is null || person.Languages.Count == 0 || person.Languages.Contains(language))
            && (about.Sensitivity != Sensitivity.ChildSafety || person.MaySeeChildSafety);
    }
}
