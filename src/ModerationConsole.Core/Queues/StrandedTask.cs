namespace ModerationConsole.Core.Queues;

/// <summary>A waiting task that nobody may take, while that is so: the alarm that stands. Says neither why nor because of whom.</summary>
public sealed class StrandedTask
{
    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>The queue in which it waits.</summary>
    public Guid QueueId { get; init; }

    /// <summary>Since when it is known, UTC.</summary>
    public DateTimeOffset Since { get; init; }
}
