using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>May this person be offered this task?</summary>
public enum OfferAnswer
{
    Yes,

    /// <summary>Not this one; another may do.</summary>
    NotThisTask,

    /// <summary>Nothing at all now.</summary>
    NothingNow,
}

/// <summary>What an offer rule is asked.</summary>
/// <param name="Db">Context of the claim's transaction.</param>
/// <param name="PersonId">Who would get it.</param>
/// <param name="Task">What they would get.</param>
/// <param name="Now">The time of the claim.</param>
public sealed record OfferQuestion(ConsoleDbContext Db, Guid PersonId, WaitingTask Task, DateTimeOffset Now);

/// <summary>
/// A reason why a person may not be offered a task. Rooms above implement one each (Wellbeing, Quality, Appeals …);
/// every path that offers work asks them all, inside the claim's transaction.
/// </summary>
public interface IOfferRule
{
    /// <summary>Answers for one person and task.</summary>
    ValueTask<OfferAnswer> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken);
}
