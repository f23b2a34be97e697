using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>Where a decision stands among those that one submission makes.</summary>
/// <param name="StackId">The submission.</param>
/// <param name="Place">0 for the one on the screen, then the members.</param>
/// <param name="Alike">In what a member is like the one on the screen; null for that one.</param>
/// <param name="Share">Its share of the time that all of it took.</param>
internal sealed record StackedSeat(Guid StackId, int Place, Alike? Alike, double Share)
{
    /// <summary>Writes down that the decision was made so.</summary>
    public void Keep(WriteScope scope, Decision decision) => scope.Db.Add(new StackedDecision
    {
        DecisionId = decision.Id,
        StackId = StackId,
        Place = Place,
        Alike = Alike,
        DeciderId = decision.DeciderId!.Value,
        DecidedAt = decision.DecidedAt,
    });
}
