using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>Learns, inside the write in which it happens, that a version of a policy came into force. Rooms above implement one each.</summary>
public interface IPolicyVersionObserver
{
    /// <summary>The version is in force from now on.</summary>
    Task InForceAsync(WriteScope scope, PolicyVersion version, CancellationToken cancellationToken);
}
