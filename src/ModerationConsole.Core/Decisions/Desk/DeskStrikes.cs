using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Of whom strikes are asked.</summary>
/// <param name="At">The time at which they count, UTC.</param>
/// <param name="AsOf">What is as late is not known of, UTC.</param>
public sealed record StrikesQuestion(ConsoleDbContext Db, string TypeId, string Id, bool SeesChildSafety, DateTimeOffset At, DateTimeOffset AsOf);

/// <summary>Answered by the room that knows accounts.</summary>
public interface IStrikesOnDesk
{
    /// <summary>The strikes of an account.</summary>
    Task<DeskStrikes> OfAsync(StrikesQuestion question, CancellationToken cancellationToken);
}

/// <summary>An action that is recommended from so many strikes on.</summary>
public sealed record DeskStrikeStep(int Count, string ActionId);

/// <summary>An action that is ordered by itself at so many strikes: nobody chooses it.</summary>
/// <param name="Action">Its name; null where it cannot be ordered any more.</param>
public sealed record DeskOrderedStep(int Count, string? Action);

/// <summary>The strikes of an item's author.</summary>
/// <param name="Sum">What counts.</param>
/// <param name="Violations">How many violations make it.</param>
/// <param name="BySeverity">What a violation of each severity adds.</param>
/// <param name="Steps">What is recommended at how many, in order.</param>
public sealed record DeskStrikes(int Sum, int Violations, IReadOnlyDictionary<Severity, int> BySeverity, IReadOnlyList<DeskStrikeStep> Steps)
{
    /// <summary>What is ordered by itself at how many, in order.</summary>
    public IReadOnlyList<DeskOrderedStep> Ordered { get; init; } = [];

    /// <summary>The sum that orders go by: with what can still be taken back, without what not everyone may know of.</summary>
    public int Standing { get; init; }

    /// <summary>What a violation of a severity would have ordered by itself: of several numbers the highest.</summary>
    public DeskOrderedStep? Orders(Severity severity) =>
        Ordered.LastOrDefault(step => step.Count > Standing && step.Count <= Standing + BySeverity.GetValueOrDefault(severity));

    /// <summary>The highest step that a violation of a severity would reach; null where it reaches none that was not reached before.</summary>
    public DeskStrikeStep? Reached(Severity severity) =>
        Steps.LastOrDefault(step => step.Count > Sum && step.Count <= Sum + BySeverity.GetValueOrDefault(severity));
}
