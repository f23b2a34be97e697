using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A task in a person's hands. Commands on it carry <paramref name="TaskNumber"/> and <paramref name="Fence"/>.</summary>
/// <param name="TaskNumber">The task.</param>
/// <param name="Fence">Fencing number of the lease.</param>
/// <param name="CaseNumber">The case that is judged.</param>
/// <param name="QueueId">The queue it came from.</param>
/// <param name="Kind">What judgement is wanted.</param>
/// <param name="Slot">On the screen, or drawn ahead.</param>
/// <param name="ExpiresAt">When the lease ends without a sign of life, UTC.</param>
/// <param name="ShownAt">When it was first shown, UTC; null while it is a spare.</param>
/// <param name="Priority">Its priority; 50 is ordinary.</param>
/// <param name="DueAt">Its deadline, UTC; null for none.</param>
public sealed record LeasedTask(
    long TaskNumber, long Fence, long CaseNumber, Guid QueueId, TaskKind Kind, LeaseSlot Slot,
    DateTimeOffset ExpiresAt, DateTimeOffset? ShownAt, int Priority, DateTimeOffset? DueAt)
{
    internal static LeasedTask Of(ActiveLease lease, ReviewTask task) => new(
        task.Number, lease.Fence, task.CaseNumber, task.QueueId, task.Kind, lease.Slot,
        lease.ExpiresAt, lease.ShownAt, task.Priority, task.DueAt == Instant.Never ? null : task.DueAt);
}
