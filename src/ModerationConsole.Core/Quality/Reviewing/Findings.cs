using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Reviewing;

/// <summary>Compares what two people found about the same case.</summary>
public static class Findings
{
    /// <summary>Whether they found the same: the verdict, and of violations the policy and the set of actions.</summary>
    public static bool Agree(Decision one, Decision other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Judgement.Of(one).IsLike(Judgement.Of(other));
    }

    /// <summary>What kind of error a decision is, if <paramref name="right"/> is what should have been found.</summary>
    public static ErrorKind KindOf(Verdict decided, Verdict right) => (decided, right) switch
    {
        (Verdict.Violation, Verdict.Allow) => ErrorKind.FalsePositive,
        (Verdict.Allow or Verdict.CannotReview, Verdict.Violation) => ErrorKind.FalseNegative,
        (Verdict.Violation, Verdict.Violation) => ErrorKind.WrongPolicyOrAction,
        // Something did not show to one of them.
        (_, Verdict.CannotReview) or (Verdict.CannotReview, _) or (Verdict.Allow, Verdict.Allow) => ErrorKind.Technical,
        _ => throw new ArgumentOutOfRangeException(nameof(right)),
    };
}
