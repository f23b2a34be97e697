using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Queues;

/// <summary>Which of a person's places a lease fills.</summary>
public enum LeaseSlot
{
    /// <summary>On the screen.</summary>
    Shown,

    /// <summary>Drawn ahead, not yet shown.</summary>
    Spare,

    /// <summary>Like the one on the screen and shown with it: a member of its stack.</summary>
    Stack,
}

/// <summary>How a lease ended.</summary>
public enum LeaseEnd
{
    Decided,

    /// <summary>Skip, break and "stop this case" alike.</summary>
    Released,
    Expired,
    Revoked,
}

/// <summary>
/// An exclusive, expiring right to do one task, while it lasts. The row's keys are the guard: one lease a task, one a case
/// among the tasks that can change it, one a place of a person. It is deleted when the lease ends.
/// </summary>
public sealed class ActiveLease : IVersioned
{
    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Identity of the lease, kept in its record.</summary>
    public Guid LeaseId { get; init; } = Guid.CreateVersion7();

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The case's number where the task can change the case, else the task's number negated: unique.</summary>
    public long ExclusiveKey { get; init; }

    /// <summary>Who holds it.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Which of the person's places it fills.</summary>
    public LeaseSlot Slot { get; set; }

    /// <summary>Place among the members of a stack, from 1; 0 for what is no member.</summary>
    public int StackPlace { get; init; }

    /// <summary>The task on the screen that a member of a stack is shown with.</summary>
    public long? StackOf { get; init; }

    /// <summary>In what a member of a stack is like the task on the screen.</summary>
    public Alike? Alike { get; init; }

    /// <summary>Fencing number.</summary>
    public long Fence { get; init; }

    /// <summary>When it was taken, UTC.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>When the task was first shown, UTC; handling time counts from here.</summary>
    public DateTimeOffset? ShownAt { get; set; }

    /// <summary>When it ends unless the person shows life, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether it has run out, swept up or not.</summary>
    public bool HasExpired(DateTimeOffset now) => ExpiresAt < now;

    /// <summary>It fills the place on the screen from now on.</summary>
    public void Show(DateTimeOffset now, LeaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Slot = LeaseSlot.Shown;
        ShownAt ??= now;
        ExpiresAt = now.AddSeconds(options.Seconds);
    }
}

/// <summary>What is kept of a lease that ended.</summary>
public sealed class LeaseRecord
{
    /// <summary>Identity of the lease.</summary>
    public Guid Id { get; init; }

    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Who held it.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Fencing number.</summary>
    public long Fence { get; init; }

    /// <summary>When it was taken, UTC.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public LeaseEnd End { get; init; }
}

/// <summary>A task in claim order: narrow, apart from history, so that claiming stays fast however much was ever decided.</summary>
public sealed class WaitingTask
{
    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The queue.</summary>
    public Guid QueueId { get; set; }

    /// <summary>Higher comes first.</summary>
    public int Priority { get; set; }

    /// <summary>Then earlier deadlines; <see cref="Instant.Never"/> for none.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>What judgement is wanted.</summary>
    public TaskKind Kind { get; init; }

    /// <summary>Sensitivity of the case.</summary>
    public Cases.Sensitivity Sensitivity { get; set; }

    /// <summary>Language of the item without script and region, as <see cref="ReviewLanguage.Of"/> gives it.</summary>
    public string? Language { get; init; }

    /// <summary>Since when it is to be done, UTC; going back to the queue does not make it younger.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether its case is in one pair of hands at a time.</summary>
    internal bool IsExclusive => !TaskKinds.Measuring.Contains(Kind);

    /// <summary>Whether a lead meant it for the one it is offered to; never stored.</summary>
    internal bool IsMeant { get; set; }

    /// <summary>The same as it would stand in another queue.</summary>
    internal WaitingTask In(Guid queueId) => new()
    {
        TaskNumber = TaskNumber,
        CaseNumber = CaseNumber,
        QueueId = queueId,
        Priority = Priority,
        DueAt = DueAt,
        Kind = Kind,
        Sensitivity = Sensitivity,
        Language = Language,
        Since = Since,
    };
}

/// <summary>A person who is not to be offered a task: skipped it, or had a hand in what it judges.</summary>
public sealed class TaskExclusion
{
    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }
}
