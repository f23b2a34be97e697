using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>The policy that a decision uses, in the version in force.</summary>
/// <param name="Number">Number of that version.</param>
/// <param name="ReasonRequired">Whether a violation of it needs a reason for the user.</param>
/// <param name="NextFrom">From when on another version takes its place, UTC; null while none is agreed upon.</param>
/// <param name="Queues">Ids of the queues at whose desks it is offered; empty for all.</param>
internal sealed record UsedPolicy(
    string Id, string Code, string Name, Severity Severity, bool Archived, Guid VersionId, int Number, bool ReasonRequired, DateTimeOffset? NextFrom, string Queues)
{
    /// <summary>Whether it is offered at the desk of a queue; experts and those who hear appeals rule on the cases of all.</summary>
    public bool IsOfferedIn(CaseQueue queue) => queue.Kind != QueueKind.Review || PolicyLists.HoldsQueue(Queues, queue.Id);
}

/// <summary>A submitted verdict held against the rules of the queue, the policies and the actions.</summary>
/// <param name="Refusal">Why it is refused, or null when it stands.</param>
internal sealed record DecisionCheck(DecideResult? Refusal, UsedPolicy? Policy = null)
{
    /// <summary>What it orders.</summary>
    public IReadOnlyList<CheckedOrder> Orders { get; init; } = [];

    /// <summary>Ids of actions that it names without ordering them; null where it names what it orders.</summary>
    public IReadOnlyList<string>? Named { get; init; }

    /// <summary>What can be told before anything is read.</summary>
    public static DecideOutcome? RefusalOf(DecideCommand command) => command switch
    {
        { ReasonForUser.Length: > TextLength.Note } or { InternalNote.Length: > TextLength.Note } => DecideOutcome.TextTooLong,
        { Verdict: Verdict.CannotReview } when !CannotReviewCodes.All.Contains(command.CannotReviewCode) => DecideOutcome.ReasonRequired,
        { Verdict: not Verdict.Violation, Actions.Count: > 0 } => DecideOutcome.ActionNotAllowed,
        _ => null,
    };

    /// <summary>What else is asked of the answer to an appeal: someone waits for it, and is told why.</summary>
    public static DecideOutcome? RefusalOfAnswer(DecideCommand command) => command switch
    {
        { Verdict: Verdict.CannotReview } => DecideOutcome.AnswerRequired,
        { ReasonForUser: null } => DecideOutcome.ReasonRequired,
        _ => null,
    };

    public static async Task<DecisionCheck> RunAsync(
        ReadAhead reads, DecideCommand command, JudgedTask judged, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (command.Verdict != Verdict.Violation)
        {
            return new DecisionCheck(Refusal: null);
        }

        if (command.PolicyId is null && judged.Queue.PolicyRequired)
        {
            return Refuse(DecideOutcome.PolicyRequired);
        }

        if (command.ReasonForUser is null && judged.Queue.ReasonRequired)
        {
            return Refuse(DecideOutcome.ReasonRequired);
        }

        UsedPolicy? policy = null;
        if (command.PolicyId is { } id)
        {
            policy = await reads.FindAsync(DecisionReads.Policies, id, cancellationToken).ConfigureAwait(false);
            if (policy is null or { Archived: true })
            {
                return Refuse(DecideOutcome.UnknownPolicy);
            }

            // The version in force when it is stored decides, and nobody decides by words that they were not shown.
            if (!PolicyInForce.Holds(policy.NextFrom, now) || (command.PolicyVersion is { } shown && shown != policy.Number))
            {
                return Refuse(DecideOutcome.PolicyChanged);
            }

            if (!policy.IsOfferedIn(judged.Queue))
            {
                return Refuse(DecideOutcome.PolicyNotHere);
            }

            if (command.ReasonForUser is null && policy.ReasonRequired)
            {
                return Refuse(DecideOutcome.ReasonRequired);
            }
        }

        (IReadOnlyList<CheckedOrder> orders, ActionProblem? problem) = await ActionOrders.CheckAsync(
            reads, command.Actions, judged.ForActions, ActionScope.List(judged.Queue.HiddenActions), cancellationToken).ConfigureAwait(false);
        return problem is null
            ? new DecisionCheck(Refusal: null, policy) { Orders = orders }
            : new DecisionCheck(new DecideResult(DecideOutcome.ActionNotAllowed, Problem: problem));
    }

    private static DecisionCheck Refuse(DecideOutcome outcome) => new(new DecideResult(outcome));
}
