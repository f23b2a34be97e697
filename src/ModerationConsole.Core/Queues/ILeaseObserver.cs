using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>Learns, in the heartbeat's transaction, that a person is at work on what is on their screen. Upper rooms keep meters by it.</summary>
public interface ILeaseObserver
{
    /// <summary>The person was active at the desk just now.</summary>
    Task AtWorkAsync(WriteScope scope, Guid personId, IReadOnlyList<ActiveLease> shown, CancellationToken cancellationToken);
}
