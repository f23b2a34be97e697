using ModerationConsole.Core.Oversight.Reviews;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Reviews of who may do what, in plain words.</summary>
public static class AccessWords
{
    /// <summary>What a line is about: a role, a permission, a key.</summary>
    public static string What(ReviewLineRow line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line switch
        {
            { PersonId: null } => AccessText.Key,
            { Role: { } role } => RoleWords.Of(role),
            _ => PermissionWords.Of(line.Permissions[0]),
        };
    }

    /// <summary>What became of it.</summary>
    public static string State(ReviewLineState state) => state switch
    {
        ReviewLineState.Waiting => AccessText.StateWaiting,
        ReviewLineState.Attested => AccessText.StateAttested,
        ReviewLineState.Withdrawn => AccessText.StateWithdrawn,
        ReviewLineState.Expired => AccessText.StateExpired,
        ReviewLineState.Kept => AccessText.StateKept,
        ReviewLineState.Gone => AccessText.StateGone,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>What is said after an answer.</summary>
    public static string Said(AnswerReviewOutcome outcome, bool needed) => outcome switch
    {
        AnswerReviewOutcome.Answered => needed ? AccessText.WasAttested : AccessText.WasTaken,
        AnswerReviewOutcome.NotWaiting => AccessText.NotWaiting,
        AnswerReviewOutcome.Gone => AccessText.WasGone,
        AnswerReviewOutcome.OwnAccess => AccessText.OwnAccess,
        AnswerReviewOutcome.LastAdmin => AccessText.LastAdmin,
        AnswerReviewOutcome.ProveFirst => ProofText.NotProved,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What is said after a review was to begin.</summary>
    public static string Said(StartReviewOutcome outcome) => outcome switch
    {
        StartReviewOutcome.Started => AccessText.Begun,
        StartReviewOutcome.OneIsOpen => AccessText.OneIsOpen,
        StartReviewOutcome.ProveFirst => ProofText.NotProved,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
