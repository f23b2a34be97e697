using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>A task that is wanted of a case.</summary>
public sealed record WantedTask(Case About, TaskKind Kind, CaseQueue Queue, int Priority, DateTimeOffset DueAt);

/// <summary>Queues many tasks of one operation with one round trip for their numbers.</summary>
public static class TaskBatch
{
    /// <summary>Puts a new task for each case into its queue. The cases must have their numbers already.</summary>
    public static async Task<IReadOnlyList<ReviewTask>> QueueTasksAsync(
        this WriteScope scope, Caller caller, IReadOnlyCollection<WantedTask> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(wanted);
        (WantedTask Want, ReviewTask Task)[] tasks = [.. wanted.Select(want => (want, ReviewTask.Create(
            want.About.Number, want.About.CaseVersion, want.Kind, want.Queue.Id, want.Priority, want.DueAt, scope.Now)))];
        scope.Db.AddRange(tasks.Select(pair => pair.Task));
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await scope.InsertAsync([.. tasks.Select(pair => TaskBoard.AsWaiting(pair.Task, pair.Want.About))]).ConfigureAwait(false);
        foreach ((WantedTask want, ReviewTask task) in tasks)
        {
            scope.Publish(LiveKind.CaseQueued, task.CaseNumber, task.Number, task.QueueId, childSafety: want.About.Sensitivity == Sensitivity.ChildSafety);
            scope.Tell(want.About, CaseEventKind.Queued, subjectId: want.Queue.Id, text: want.Queue.Name);
            scope.Record(caller, AuditAct.TaskQueued, task.CaseNumber, task.Number, want.Queue.Id.ToString());
        }

        return [.. tasks.Select(pair => pair.Task)];
    }
}
