using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Where a case stands among the queues.</summary>
/// <param name="QueueId">The queue of its latest task.</param>
/// <param name="QueueName">Name of that queue.</param>
/// <param name="Waiting">Whether someone may still take it.</param>
/// <param name="InHand">Whether someone works on it.</param>
/// <param name="DueAt">Deadline, UTC; null for none, or when nothing is left to do.</param>
public sealed record CaseWhereabouts(Guid QueueId, string QueueName, bool Waiting, bool InHand, DateTimeOffset? DueAt);

/// <summary>Tells where cases wait. Asked here, answered by Queues above.</summary>
public interface ICaseWhereabouts
{
    /// <summary>Numbers of the cases that had a task in a queue, for use inside a query.</summary>
    IQueryable<long> CasesOf(ConsoleDbContext db, Guid queueId);

    /// <summary>Numbers of the open cases whose deadline has passed, for use inside a query.</summary>
    IQueryable<long> PastDue(ConsoleDbContext db, DateTimeOffset now);

    /// <summary>Where each of these cases stands, by its number; none for a case that never had a task.</summary>
    Task<IReadOnlyDictionary<long, CaseWhereabouts>> OfAsync(ConsoleDbContext db, IReadOnlyCollection<long> caseNumbers, CancellationToken cancellationToken);
}
