using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Decisions;

/// <summary>Answered by the room that knows accounts: how many strikes an account has once a decision stands.</summary>
public interface IStrikeCount
{
    /// <summary>The sum of an account with this decision in it, as the platform is told.</summary>
    Task<int> WithAsync(WriteScope scope, Decision decision, TargetItem account, bool childSafety, CancellationToken cancellationToken);
}
