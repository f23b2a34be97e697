using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions;

/// <summary>Says what led to a decision where a legal notice did. Asked here, answered by a room above.</summary>
public interface IDecisionSource
{
    /// <summary>What led to a decision on a case about which a notice came in; null where the notice does not wait for it.</summary>
    Task<DecisionSourceType?> OfAsync(WriteScope scope, long caseNumber, CancellationToken cancellationToken);
}
