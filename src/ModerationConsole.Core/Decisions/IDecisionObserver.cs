using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>
/// A consequence of decisions. Rooms above implement one each (sampling, strikes, rule truth …); all are called inside the
/// decision's transaction.
/// </summary>
public interface IDecisionObserver
{
    /// <summary>Whether verdicts on such a task can matter to it at all. Asked first, so that the others cost nothing.</summary>
    bool Concerns(ReviewTask task) => true;

    /// <summary>A decision was made in this transaction.</summary>
    Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken);

    /// <summary>A decision was taken back inside its window in this transaction.</summary>
    Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken);

    /// <summary>A decision was put out of force after its window in this transaction, with no other in its place: its case is judged anew.</summary>
    Task ReversedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) => Task.CompletedTask;
}
