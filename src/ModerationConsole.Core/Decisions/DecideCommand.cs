using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Decisions;

/// <summary>A verdict as a person submits it.</summary>
/// <param name="TaskNumber">The task that was drawn.</param>
/// <param name="Fence">The fencing number it was drawn with.</param>
/// <param name="Verdict">What was found.</param>
public sealed record DecideCommand(long TaskNumber, long Fence, Verdict Verdict)
{
    /// <summary>The policy that is violated; kept only with <see cref="Verdict.Violation"/>.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Number of the policy's version that the person was shown; null where none was.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary>What the platform is told to do; only with <see cref="Verdict.Violation"/>.</summary>
    public IReadOnlyList<ActionOrder> Actions { get; init; } = [];

    /// <summary>What the user is told, up to 5 000 characters.</summary>
    public string? ReasonForUser { get; init; }

    /// <summary>What only the team sees, up to 5 000 characters.</summary>
    public string? InternalNote { get; init; }

    /// <summary>Why it could not be reviewed: one of <see cref="CannotReviewCodes.All"/>; only with <see cref="Verdict.CannotReview"/>.</summary>
    public string? CannotReviewCode { get; init; }

    /// <summary>Of an appeal: the decision that it is about stands as it is. Verdict, policy and actions are then that decision's.</summary>
    public bool Stands { get; init; }

    /// <summary>Place in the media that decided, seconds.</summary>
    public double? MediaTimeMarkSeconds { get; init; }
}

/// <summary>Why something cannot be reviewed.</summary>
public static class CannotReviewCodes
{
    /// <summary>It does not show or play.</summary>
    public const string Broken = "broken";

    /// <summary>It is no longer there.</summary>
    public const string Gone = "gone";

    /// <summary>It is in a language the person does not read.</summary>
    public const string Language = "language";

    /// <summary>All codes.</summary>
    public static IReadOnlyList<string> All { get; } = [Broken, Gone, Language];
}

/// <summary>What became of a submitted verdict.</summary>
public enum DecideOutcome
{
    /// <summary>It is decided.</summary>
    Decided,

    /// <summary>The task is no longer the person's: time ran out, someone else has it, or it was drawn again since.</summary>
    LeaseLost,

    /// <summary>The person decided it before with the same draw; that decision is returned and nothing new was done.</summary>
    AlreadyDecided,

    /// <summary>The queue asks for a policy.</summary>
    PolicyRequired,

    /// <summary>The queue or the policy asks for a reason for the user, or it must be said why it cannot be reviewed.</summary>
    ReasonRequired,

    /// <summary>No such policy, or it is archived.</summary>
    UnknownPolicy,

    /// <summary>The policy has other words by now than the person was shown, or will have in a moment.</summary>
    PolicyChanged,

    /// <summary>The policy is not offered at the desks of the queue.</summary>
    PolicyNotHere,

    /// <summary>An action cannot be ordered here; see the result's problem.</summary>
    ActionNotAllowed,

    /// <summary>Reason or note is too long.</summary>
    TextTooLong,

    /// <summary>This version of the case was decided or closed meanwhile.</summary>
    CaseClosed,

    /// <summary>Whoever asked an expert is owed a rationale: the note must say why.</summary>
    RationaleRequired,

    /// <summary>An appeal is answered one way or the other; who cannot, skips it.</summary>
    AnswerRequired,
}

/// <summary>The answer to a submitted verdict.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="DecisionId">The decision, where there is one.</param>
/// <param name="UndoUntil">Until when it can be taken back, UTC; null where it cannot.</param>
/// <param name="Problem">Which action is not allowed, and why.</param>
public sealed record DecideResult(DecideOutcome Outcome, Guid? DecisionId = null, DateTimeOffset? UndoUntil = null, ActionProblem? Problem = null)
{
    /// <summary>What will be sent once the window is over.</summary>
    public IReadOnlyList<OrderedAction> Ordered { get; init; } = [];
}
