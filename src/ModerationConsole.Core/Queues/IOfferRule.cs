using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What an offer rule is asked.</summary>
/// <param name="Db">Context of the claim's transaction.</param>
/// <param name="Person">Who would get it.</param>
/// <param name="Task">What they would get.</param>
/// <param name="Now">The time of the claim, UTC.</param>
public sealed record OfferQuestion(ConsoleDbContext Db, Reviewer Person, WaitingTask Task, DateTimeOffset Now);

/// <summary>
/// A reason why a person may not be offered a task. Rooms above implement one each (Wellbeing, Quality, Appeals …);
/// every path that offers work asks them all, inside the claim's transaction.
/// </summary>
public interface IOfferRule
{
    /// <summary>Asks at once what the questions about these people will need, for a group of claims.</summary>
    Task ReadAsync(ReadAhead reads, IReadOnlyList<Guid> people, DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>May this person be offered anything at all at the moment? Asked once a claim, before any task is looked at.</summary>
    ValueTask<bool> MayWorkAsync(ReadAhead reads, Guid personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult(true);

    /// <summary>
    /// Which cases this person is not to be offered at the moment. Asked once a claim; kept apart from the rules about single
    /// tasks so that all that waits can be searched at once.
    /// </summary>
    ValueTask<OfferBar> BarAsync(ReadAhead reads, Guid personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult(OfferBar.None);

    /// <summary>May this person be offered this task, now or later today? Asked of each task until one passes.</summary>
    ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>
    /// May this person be offered this task at this moment, before those it is meant for had their time? Not asked where it is seen
    /// whether anyone may take a task at all: what is held back here is let go again soon.
    /// </summary>
    ValueTask<bool> MayTakeNowAsync(OfferQuestion question, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}

/// <summary>A task in a language is only for those who review it; a regional variant counts as its language.</summary>
public sealed class LanguageOfferRule : IOfferRule
{
    /// <inheritdoc />
    public ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        string? language = ReviewLanguage.Of(question.Task.Language);
        IReadOnlyList<string> spoken = question.Person.Languages;
        return ValueTask.FromResult(language is null || spoken.Count == 0 || spoken.Contains(language));
    }
}

/// <summary>A second look and an adjudication are only for those who hold their permission, whatever queue they wait in.</summary>
public sealed class KindOfferRule : IOfferRule
{
    /// <inheritdoc />
    public ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return ValueTask.FromResult(!question.Person.NotTheirs.Contains(question.Task.Kind));
    }
}

/// <summary>A child-safety item is only for those who hold its permission, whatever queue it waits in.</summary>
public sealed class SensitivityOfferRule : IOfferRule
{
    /// <inheritdoc />
    public ValueTask<bool> MayTakeAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return ValueTask.FromResult(
            question.Task.Sensitivity != Cases.Sensitivity.ChildSafety || question.Person.MaySeeChildSafety);
    }
}
