using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>Where a sample stands.</summary>
public enum SampleState
{
    /// <summary>It waits for a second judgement.</summary>
    Waiting,

    /// <summary>The two disagree and a third person decides.</summary>
    Adjudicating,

    /// <summary>Found wrong, and counts as such; who adjudicated has yet to say why, before its author is told.</summary>
    ToExplain,

    /// <summary>Found right or wrong, and its author may know. It counts, unless <see cref="QualitySample.Scored"/> says otherwise.</summary>
    Settled,

    /// <summary>Nothing is left to judge: the case became child safety or is gone.</summary>
    Withdrawn,
}

/// <summary>What was wrong with a decision.</summary>
public enum ErrorKind
{
    /// <summary>A violation was found where there is none.</summary>
    FalsePositive,

    /// <summary>A violation was missed.</summary>
    FalseNegative,

    /// <summary>A violation it is, by another policy or with other actions.</summary>
    WrongPolicyOrAction,

    /// <summary>Right on what was shown; something did not show.</summary>
    Technical,
}

/// <summary>Why a decision went wrong.</summary>
public enum RootCause
{
    PolicyUnclear,
    Tool,
    Knowledge,
    Slip,
}

/// <summary>A decision that was drawn for blind re-review, with the plan, stratum and rate that drew it, and what came of it.</summary>
public sealed class QualitySample : IVersioned
{
    /// <summary>States of a sample on which someone may yet be asked for a verdict. Until then its author is kept from those who may be asked.</summary>
    public static readonly SampleState[] ToJudge = [SampleState.Waiting, SampleState.Adjudicating];

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The decision that is judged again.</summary>
    public Guid DecisionId { get; init; }

    /// <summary>Its case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The plan that drew it.</summary>
    public Guid PlanId { get; init; }

    /// <summary>The stratum it belongs to; null for the rest.</summary>
    public Guid? StratumId { get; init; }

    /// <summary>With what probability it was drawn, above 0 to 1.</summary>
    public double Rate { get; init; }

    /// <summary>Whether it belongs to the pure random part.</summary>
    public bool Random { get; init; }

    /// <summary>When it was drawn, UTC.</summary>
    public DateTimeOffset DrawnAt { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>Who decided; null where a program did.</summary>
    public Guid? DeciderId { get; init; }

    /// <summary>Their team then.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>The queue it was decided in.</summary>
    public Guid QueueId { get; init; }

    /// <summary>What was found.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>The policy that was named.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Language of the item.</summary>
    public string? Language { get; init; }

    /// <summary>Severity of the case then.</summary>
    public Severity Severity { get; init; }

    /// <summary>What an error here weighs beside others; see <see cref="QualityWeight"/>.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The task with which it is judged again.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Where it stands.</summary>
    public SampleState State { get; set; } = SampleState.Waiting;

    /// <summary>Who judged it again.</summary>
    public Guid? ReviewerId { get; set; }

    /// <summary>Their verdict, a decision without effect.</summary>
    public Guid? ReviewId { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? ReviewedAt { get; set; }

    /// <summary>The task of the third person.</summary>
    public long? AdjudicationTask { get; set; }

    /// <summary>The third person.</summary>
    public Guid? AdjudicatorId { get; set; }

    /// <summary>Their verdict, a decision without effect.</summary>
    public Guid? AdjudicationId { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? AdjudicatedAt { get; set; }

    /// <summary>What it should have been; what it was while nothing else is known.</summary>
    public Verdict? RightVerdict { get; set; }

    /// <summary>The policy it should have named.</summary>
    public string? RightPolicyId { get; set; }

    /// <summary>Whether the decision was wrong; null until that is settled.</summary>
    public bool? Wrong { get; set; }

    /// <summary>
    /// Whether it counts in figures: from the moment it is found right or wrong, explained or not, for else whoever explains late would
    /// make figures better than they are. False before that, and where the policy was found ambiguous.
    /// </summary>
    public bool Scored { get; set; }

    /// <summary>What was wrong.</summary>
    public ErrorKind? Error { get; set; }

    /// <summary>Why.</summary>
    public RootCause? Cause { get; set; }

    /// <summary>What the author is told.</summary>
    public string? Explanation { get; set; }

    /// <summary>When the result became known to the author, UTC.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>When the author first saw it, UTC: their time to dispute begins.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>The decision that puts right what the wrong one did.</summary>
    public Guid? CorrectionId { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Says what was wrong and why; its author may know from now on.</summary>
    public void Explain(ErrorKind error, RootCause cause, string explanation, DateTimeOffset now)
    {
        Expect(SampleState.ToExplain);
        // One that an older console found wrong counts from now on only.
        (State, Scored, ReleasedAt) = (SampleState.Settled, true, now);
        (Error, Cause, Explanation) = (error, cause, explanation);
    }

    /// <summary>A dispute found it right after all.</summary>
    public void Overturn()
    {
        Expect(SampleState.Settled);
        (Wrong, Error, Cause, RightVerdict, RightPolicyId) = (false, null, null, Verdict, PolicyId);
    }

    /// <summary>A dispute found that the policy leaves it open: it counts neither way.</summary>
    public void SetAside()
    {
        Expect(SampleState.Settled);
        Scored = false;
    }

    /// <summary>Holds that it was right.</summary>
    public void FindRight(DateTimeOffset now)
    {
        Expect(SampleState.Waiting, SampleState.Adjudicating);
        (State, Wrong, Scored, ReleasedAt) = (SampleState.Settled, false, true, now);
    }

    /// <summary>The third person, too, handed it on instead of judging it: it counts neither way, and there is nothing to tell its author.</summary>
    internal void LeaveOpen(Guid adjudicatorId, DateTimeOffset now)
    {
        Expect(SampleState.Adjudicating);
        (State, Scored, AdjudicatorId, AdjudicatedAt) = (SampleState.Settled, false, adjudicatorId, now);
    }

    /// <summary>The two disagree, or the second handed it on; a third person is asked.</summary>
    internal void AskThird(long taskNumber)
    {
        Expect(SampleState.Waiting);
        (State, AdjudicationTask) = (SampleState.Adjudicating, taskNumber);
    }

    /// <summary>Holds that it was wrong, which counts at once. Who found so says why before its author is told.</summary>
    internal void FindWrong(Verdict right, string? policyId, ErrorKind error)
    {
        Expect(SampleState.Adjudicating);
        (State, Wrong, Scored) = (SampleState.ToExplain, true, true);
        (RightVerdict, RightPolicyId, Error) = (right, policyId, error);
    }

    internal void Expect(params ReadOnlySpan<SampleState> states)
    {
        if (!states.Contains(State))
        {
            throw new DomainRuleException($"sample.is-{State.ToString().ToLowerInvariant()}");
        }
    }
}
