using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What a task that measures is about.</summary>
/// <param name="Kind">One of <see cref="TaskKinds.Measuring"/>.</param>
/// <param name="DecisionId">The decision that is judged again.</param>
/// <param name="CaseVersion">The version of the case that it judged.</param>
/// <param name="QueueId">The queue whose work it is mixed into.</param>
public sealed record MeasuringOrder(TaskKind Kind, Guid DecisionId, int CaseVersion, Guid QueueId)
{
    /// <summary>Higher comes first; 50 is ordinary.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>Deadline, UTC; <see cref="Instant.Never"/> for none.</summary>
    public DateTimeOffset DueAt { get; init; } = Instant.Never;

    /// <summary>People who are not to be offered it.</summary>
    public IReadOnlyCollection<Guid> Without { get; init; } = [];

    /// <summary>The one person whom it is meant for; null for everyone who may.</summary>
    public Guid? For { get; init; }

    /// <summary>Until when it is kept for them, UTC.</summary>
    public DateTimeOffset KeptUntil { get; init; }
}

/// <summary>Mixes tasks that measure into the work of a queue.</summary>
public static class MeasuringTasks
{
    /// <summary>Puts one into its queue. The history of the case does not tell of it.</summary>
    public static async Task<ReviewTask> QueueMeasuringAsync(
        this WriteScope scope, Caller caller, Case about, MeasuringOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(order);
        if (!TaskKinds.Measuring.Contains(order.Kind) || (about.Sensitivity == Sensitivity.ChildSafety && order.Kind != TaskKind.Appeal))
        {
            throw new DomainRuleException("task.not-to-measure");
        }

        ReviewTask task = ReviewTask.Measure(about.Number, order, scope.Now);
        scope.Db.Add(task);
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid person in order.Without.Distinct())
        {
            scope.Db.Add(new TaskExclusion { TaskNumber = task.Number, PersonId = person });
        }

        if (order.For is { } meant)
        {
            scope.Db.Add(new TaskReservation { TaskNumber = task.Number, PersonId = meant, Until = order.KeptUntil });
        }

        TaskBoard.Wait(scope, task, about);
        scope.Record(caller, AuditAct.TaskQueued, about.Number, task.Number, order.QueueId.ToString());
        return task;
    }
}
