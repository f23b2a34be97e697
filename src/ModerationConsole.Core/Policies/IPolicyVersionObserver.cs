using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>Learns that a policy has new words in force. Rooms above that keep something written for a version implement it.</summary>
public interface IPolicyVersionObserver
{
    /// <summary>A version took effect; called in the transaction in which it did, for the first version of a new policy too.</summary>
    Task InForceAsync(WriteScope scope, Caller caller, PolicyVersion version, CancellationToken cancellationToken);
}
