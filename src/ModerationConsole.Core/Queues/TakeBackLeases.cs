using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>What a person holds goes back in the transaction in which they sign out or are disabled.</summary>
public sealed class TakeBackLeases : IPersonObserver
{
    /// <inheritdoc />
    public Task LeavingAsync(WriteScope scope, Caller caller, Guid personId, PersonChange why, CancellationToken cancellationToken) =>
        scope.ReleaseAllOfAsync(caller, personId, why == PersonChange.Disabled ? LeaseEnd.Revoked : LeaseEnd.Released, cancellationToken);
}
