using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions;

/// <summary>Answered by the room that knows accounts: how many strikes an account has once a decision stands.</summary>
public interface IStrikeCount
{
    /// <summary>The sum with this decision in it, as the platform is told; null where nobody is known whose strikes they were.</summary>
    Task<int?> WithAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken);
}
