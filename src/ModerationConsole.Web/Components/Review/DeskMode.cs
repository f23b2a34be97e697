namespace ModerationConsole.Web.Components.Review;

/// <summary>What the desk is doing.</summary>
public enum DeskMode
{
    /// <summary>Finding out what the person holds.</summary>
    Opening,

    /// <summary>Not asked for work yet, or stopped.</summary>
    Idle,

    /// <summary>In line: the next task that arrives is drawn by itself.</summary>
    Waiting,

    /// <summary>A case is on the screen.</summary>
    Working,

    /// <summary>The case on the screen left; what was typed about it still stands there.</summary>
    Left,

    /// <summary>On a break, or paused while away.</summary>
    Resting,
}

/// <summary>A decision that can still be taken back.</summary>
/// <param name="Of">The case's name.</param>
/// <param name="Said">What was said when it was made: as long as that stands beside it, the offer needs no name.</param>
/// <param name="Seconds">For how long, from the moment it was made.</param>
public sealed record UndoOffer(Guid DecisionId, string Of, string Said, int Seconds);

/// <summary>What is left on the screen of a case that went away.</summary>
/// <param name="Title">What it was.</param>
/// <param name="What">What happened, in a sentence.</param>
/// <param name="Reason">What was typed as reason for the user.</param>
/// <param name="Note">What was typed as internal note.</param>
public sealed record LeftCase(string Title, string What, string Reason, string Note);

/// <summary>What the page before this one had on the screen.</summary>
/// <param name="Title">What it was.</param>
/// <param name="Fields">What had been typed and may not have been saved.</param>
public sealed record CaseBefore(long Task, long Fence, string Title, Dictionary<string, string>? Fields);

/// <summary>What a tab keeps of the time between two cases, so that a page that is loaded again goes on there. It is the person's alone.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="Stopped">The panel after a stop is open.</param>
/// <param name="BreakOffered">A break is offered.</param>
/// <param name="OfferedAt">When one was last offered, UTC.</param>
public sealed record BetweenCases(Guid Person, DateTimeOffset At, bool Stopped, bool BreakOffered, DateTimeOffset? OfferedAt);

/// <summary>What the desk asks before it acts.</summary>
public enum DeskQuestion
{
    None,
    Escalate,
    Emergency,
    ChildSafety,
    CannotReview,
    Move,
    Keys,
    Recent,
}
