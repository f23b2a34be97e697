namespace ModerationConsole.Core.Queues;

/// <summary>
/// A waiting task that a lead meant for one person: it is offered to them first and to nobody else while this lasts. It is
/// deleted when they take it and when its time is over, so that a task never waits for someone who does not come.
/// </summary>
public sealed class TaskReservation
{
    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Whom it is meant for.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Until when, UTC.</summary>
    public DateTimeOffset Until { get; init; }
}
