using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What judgement is wanted.</summary>
public enum TaskKind
{
    First,
    Second,
    Expert,
    Appeal,
    Qa,
    Golden,
    Calibration,

    /// <summary>A third person's judgement where decision and re-review of a sample disagree.</summary>
    Adjudication,
}

/// <summary>What kinds of task have in common.</summary>
public static class TaskKinds
{
    /// <summary>
    /// Those that judge a decision again and change no case by themselves: quality, golden, calibration and adjudication, which
    /// measure, and appeals, whose consequence is a decision of its own once the verdict can be taken back no more.
    /// </summary>
    public static readonly TaskKind[] Measuring = [TaskKind.Qa, TaskKind.Golden, TaskKind.Calibration, TaskKind.Adjudication, TaskKind.Appeal];

    /// <summary>The permission that a kind asks for beyond reviewing; null for none.</summary>
    public static Permission? Asks(TaskKind kind) => kind switch
    {
        TaskKind.Qa => Permission.ReviewQuality,
        TaskKind.Adjudication => Permission.AdjudicateQuality,
        TaskKind.Appeal => Permission.HearAppeals,
        TaskKind.First or TaskKind.Second or TaskKind.Expert or TaskKind.Golden or TaskKind.Calibration => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>State of a task.</summary>
public enum TaskState
{
    Waiting,
    Leased,
    Done,
    Withdrawn,
}

/// <summary>What a queue holds and a lease locks: one judgement wanted of one case.</summary>
public sealed class ReviewTask : IVersioned
{
    /// <summary>The task's own public number.</summary>
    public long Number { get; init; }

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case that is judged.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The version of the case it was made for.</summary>
    public int CaseVersion { get; init; }

    /// <summary>What judgement is wanted.</summary>
    public TaskKind Kind { get; init; }

    /// <summary>The decision that is judged again, for <see cref="TaskKinds.Measuring"/>: of the case only its snapshot is shown.</summary>
    public Guid? JudgesAgain { get; init; }

    /// <summary>Stage of the review process, from 1.</summary>
    public int Stage { get; init; } = 1;

    /// <summary>State.</summary>
    public TaskState State { get; private set; } = TaskState.Waiting;

    /// <summary>The queue it waits or waited in.</summary>
    public Guid QueueId { get; private set; }

    /// <summary>Higher comes first; 50 is ordinary.</summary>
    public int Priority { get; set; } = 50;

    /// <summary>Deadline, UTC; <see cref="Instant.Never"/> for none.</summary>
    public DateTimeOffset DueAt { get; set; } = Instant.Never;

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done or withdrawn, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Number of the last lease on it. A command with an older one is stale.</summary>
    public long Fence { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether its outcome changes the case. Those of <see cref="TaskKinds.Measuring"/> never do.</summary>
    public bool ChangesCase => Kind is TaskKind.First or TaskKind.Second or TaskKind.Expert;

    /// <summary>Puts a new task into a queue.</summary>
    public static ReviewTask Create(long caseNumber, int caseVersion, TaskKind kind, Guid queueId, int priority, DateTimeOffset dueAt, DateTimeOffset now) =>
        new() { CaseNumber = caseNumber, CaseVersion = caseVersion, Kind = kind, QueueId = queueId, Priority = priority, DueAt = dueAt, CreatedAt = now };

    /// <summary>A task that judges a decision again.</summary>
    internal static ReviewTask Measure(long caseNumber, MeasuringOrder order, DateTimeOffset now) => new()
    {
        CaseNumber = caseNumber,
        CaseVersion = order.CaseVersion,
        Kind = order.Kind,
        JudgesAgain = order.DecisionId,
        QueueId = order.QueueId,
        Priority = order.Priority,
        DueAt = order.DueAt,
        CreatedAt = now,
    };

    /// <summary>Someone takes it; returns the lease's fencing number.</summary>
    public long Lease()
    {
        Expect(TaskState.Waiting);
        State = TaskState.Leased;
        return ++Fence;
    }

    /// <summary>It goes back to its queue: expiry, skip or release.</summary>
    public void GoBack()
    {
        Expect(TaskState.Leased);
        State = TaskState.Waiting;
    }

    /// <summary>It is decided: by its lease holder, or while waiting by a bulk act or a ruling.</summary>
    public void Finish(DateTimeOffset now)
    {
        if (State is not (TaskState.Leased or TaskState.Waiting))
        {
            throw new DomainRuleException("task.not-open");
        }

        State = TaskState.Done;
        EndedAt = now;
    }

    /// <summary>The decision is undone and the task is in the decider's hands again; returns the new fencing number.</summary>
    public long TakeBack()
    {
        Expect(TaskState.Done);
        State = TaskState.Leased;
        EndedAt = null;
        return ++Fence;
    }

    /// <summary>Nothing is left to judge: gone at source, or superseded.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        if (State is not (TaskState.Leased or TaskState.Waiting))
        {
            throw new DomainRuleException("task.not-open");
        }

        State = TaskState.Withdrawn;
        EndedAt = now;
    }

    /// <summary>It waits in another queue from now on.</summary>
    public void MoveTo(Guid queueId)
    {
        Expect(TaskState.Waiting);
        QueueId = queueId;
    }

    /// <summary>It has become more urgent. Never less: what was promised to someone stays promised.</summary>
    public void Hasten(int priority, DateTimeOffset dueAt)
    {
        Priority = Math.Max(Priority, priority);
        DueAt = dueAt < DueAt ? dueAt : DueAt;
    }

    private void Expect(TaskState state)
    {
        if (State != state)
        {
            throw new DomainRuleException($"task.not-{state.ToString().ToLowerInvariant()}");
        }
    }
}
