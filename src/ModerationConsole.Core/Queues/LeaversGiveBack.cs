using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>Whoever signs out or is disabled gives back what they hold, in the same transaction.</summary>
public sealed class LeaversGiveBack : IPersonObserver
{
    /// <inheritdoc />
    public Task LeavingAsync(WriteScope scope, Caller caller, Guid personId, PersonChange why, CancellationToken cancellationToken) =>
        scope.ReleaseAllOfAsync(caller, personId, why == PersonChange.Disabled ? LeaseEnd.Revoked : LeaseEnd.Released, cancellationToken);
}
