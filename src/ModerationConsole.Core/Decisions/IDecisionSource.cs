using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Says what led to a decision where a legal notice did. Asked here, answered by a room above.</summary>
public interface IDecisionSource
{
    /// <summary>What led to a decision on a case about which a notice came in; null where the notice does not wait for it.</summary>
    Task<DecisionSourceType?> OfAsync(WriteScope scope, long caseNumber, CancellationToken cancellationToken);
}

internal static class DecisionSourceAsking
{
    /// <summary>Asks only where a notice came in: nearly no case has one.</summary>
    public static async Task<DecisionSourceType?> LedToAsync(
        this IDecisionSource sources, WriteScope scope, ReviewTask task, JudgedTask judged, CancellationToken cancellationToken) =>
        task.ChangesCase && judged.About.Noticed ? await sources.OfAsync(scope, judged.About.Number, cancellationToken).ConfigureAwait(false) : null;
}
