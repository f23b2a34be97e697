using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Appeals;

/// <summary>What an answer means for the decision that was appealed against.</summary>
public static class AppealOutcomes
{
    /// <summary>Compares the two: the verdict, and of violations the policy and the set of actions.</summary>
    public static AppealState Of(Decision decided, Decision answer)
    {
        ArgumentNullException.ThrowIfNull(decided);
        ArgumentNullException.ThrowIfNull(answer);
        if (decided.Verdict != answer.Verdict)
        {
            return AppealState.Overturned;
        }

        return decided.Verdict != Verdict.Violation
            || (decided.PolicyId == answer.PolicyId
                && ActionScope.List(decided.Actions).ToHashSet(StringComparer.Ordinal).SetEquals(ActionScope.List(answer.Actions)))
            ? AppealState.Upheld
            : AppealState.Changed;
    }
}
