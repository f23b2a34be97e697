using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Stacks;

namespace ModerationConsole.Core.Decisions;

/// <summary>Who had a hand in what was decided of a case without deciding it. Each room above that lets people have their say answers for its own.</summary>
public interface IDecisionHands
{
    /// <summary>Those people.</summary>
    Task<List<Guid>> OfAsync(ConsoleDbContext db, long caseNumber, CancellationToken cancellationToken);
}

/// <summary>Everyone who had a hand in what was decided of a case, whichever room knows of it: none of them hears an appeal against it.</summary>
public sealed class DecisionHands(IEnumerable<IDecisionHands> rooms)
{
    private readonly IDecisionHands[] _rooms = [.. rooms];

    /// <summary>Those people.</summary>
    public async Task<IReadOnlySet<Guid>> OfAsync(ConsoleDbContext db, long caseNumber, CancellationToken cancellationToken)
    {
        HashSet<Guid> hands = [.. await StackHands.OfAsync(db, caseNumber, cancellationToken).ConfigureAwait(false)];
        foreach (IDecisionHands room in _rooms)
        {
            hands.UnionWith(await room.OfAsync(db, caseNumber, cancellationToken).ConfigureAwait(false));
        }

        return hands;
    }
}
