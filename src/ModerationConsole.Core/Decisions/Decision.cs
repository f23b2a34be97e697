using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions;

/// <summary>What was found. Escalation is a step, not a verdict.</summary>
public enum Verdict
{
    Allow,
    Violation,
    CannotReview,
}

/// <summary>Where a decision stands. Its content is never edited.</summary>
public enum DecisionState
{
    /// <summary>In force; until <see cref="Decision.UndoUntil"/> it can be taken back.</summary>
    Effective,

    /// <summary>Taken back inside its window; nothing was sent.</summary>
    Undone,

    /// <summary>Replaced by a later decision.</summary>
    Reversed,
}

/// <summary>On what ground a violation was found (DSA art. 17).</summary>
public enum DecisionGround
{
    Terms,
    Illegal,
}

/// <summary>What led to the decision (DSA transparency database: source type).</summary>
public enum DecisionSourceType
{
    OwnInitiative,
    UserReport,
    TrustedFlagger,
    Article16Notice,
    AuthorityOrder,
}

/// <summary>A verdict with all that a user, a lead or a regulator asks later. Never edited, only reversed by another decision.</summary>
public sealed class Decision : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The version of the case that was judged.</summary>
    public int CaseVersion { get; init; }

    /// <summary>The task it answers.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Who decided; null where the console did.</summary>
    public Guid? DeciderId { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>What was found.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Code of why it could not be reviewed: broken, gone, language.</summary>
    public string? CannotReviewCode { get; init; }

    /// <summary>The policy that is violated.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The version of the policy that was used.</summary>
    public Guid? PolicyVersionId { get; init; }

    /// <summary>Ids of the ordered actions, comma separated, in order.</summary>
    public string Actions { get; init; } = "";

    /// <summary>What the user is told. The only text of the two that may leave.</summary>
    public string? ReasonForUser { get; init; }

    /// <summary>What only the team sees. Never leaves.</summary>
    public string? InternalNote { get; init; }

    /// <summary>From first shown to decided, seconds.</summary>
    public double HandlingSeconds { get; init; }

    /// <summary>Where it stands.</summary>
    public DecisionState State { get; private set; } = DecisionState.Effective;

    /// <summary>Until when it can be taken back, UTC.</summary>
    public DateTimeOffset UndoUntil { get; init; }

    /// <summary>The decision that this one reverses.</summary>
    public Guid? ReversesId { get; init; }

    /// <summary>Terms or law.</summary>
    public DecisionGround? Ground { get; init; }

    /// <summary>The law or clause.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Where it applies, ISO 3166-1 alpha-2, comma separated.</summary>
    public string? Territory { get; init; }

    /// <summary>For how long, days; null for good.</summary>
    public int? DurationDays { get; init; }

    /// <summary>What led to it.</summary>
    public DecisionSourceType? SourceType { get; init; }

    /// <summary>Whether the content was found by a program.</summary>
    public bool? AutomatedDetection { get; init; }

    /// <summary>Whether a program decided.</summary>
    public bool? AutomatedDecision { get; init; }

    /// <summary>Facts and circumstances relied on.</summary>
    public string? Facts { get; init; }

    /// <summary>Place in the media that decided, seconds.</summary>
    public double? MediaTimeMarkSeconds { get; init; }

    /// <summary>Highest step of the media ladder that the decider saw, 0 to 3.</summary>
    public int? HighestStepSeen { get; init; }

    /// <summary>What the decider saw of the case, JSON.</summary>
    public string Snapshot { get; init; } = "{}";

    /// <summary>When its texts were erased, UTC; from then on the audit holds the hash of what remains.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>SHA-256 of the decision's canonical content, as the audit holds it.</summary>
    public byte[] Hash { get; init; } = [];

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Takes it back inside its window.</summary>
    public void Undo(DateTimeOffset now)
    {
        if (State != DecisionState.Effective || now > UndoUntil)
        {
            throw new DomainRuleException("decision.not-undoable");
        }

        State = DecisionState.Undone;
    }

    /// <summary>Its texts were erased.</summary>
    internal void MarkErased(DateTimeOffset now) => ErasedAt = now;

    /// <summary>A later decision takes its place.</summary>
    public void Reverse()
    {
        if (State != DecisionState.Effective)
        {
            throw new DomainRuleException("decision.not-effective");
        }

        State = DecisionState.Reversed;
    }
}

/// <summary>A half-written decision, kept as it is typed.</summary>
public sealed class Draft : IVersioned
{
    /// <summary>The task.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Who writes.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Content as JSON: verdict, policy, actions, reason, note.</summary>
    public string Content { get; set; } = "{}";

    /// <summary>When it was last saved, UTC.</summary>
    public DateTimeOffset SavedAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}
