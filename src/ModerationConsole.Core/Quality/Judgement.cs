using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Quality;

/// <summary>What a decision says, as far as two can say the same.</summary>
/// <param name="PolicyId">The policy; null where none is violated.</param>
/// <param name="Actions">Ids of actions, comma separated; their order says nothing.</param>
internal sealed record Judgement(Verdict Verdict, string? PolicyId, string Actions)
{
    /// <summary>What a decision says.</summary>
    public static Judgement Of(Decision decision) => Of(decision.Verdict, decision.PolicyId, decision.Actions);

    /// <summary>Only a violation has a policy and actions: those of a reversal take back what another decision did.</summary>
    public static Judgement Of(Verdict verdict, string? policyId, string actions) =>
        verdict == Verdict.Violation ? new Judgement(verdict, policyId, actions) : new Judgement(verdict, null, "");

    /// <summary>Whether both found the same: verdict, policy and set of actions.</summary>
    public bool IsLike(Judgement other) =>
        Verdict == other.Verdict && PolicyId == other.PolicyId
        && ActionScope.List(Actions).ToHashSet(StringComparer.Ordinal).SetEquals(ActionScope.List(other.Actions));
}
