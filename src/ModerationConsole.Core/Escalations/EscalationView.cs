using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Escalations;

/// <summary>What is said of the case that a question is about; its content stands on the case's own page.</summary>
public sealed record EscalatedCase(
    long Number, CaseState State, Sensitivity Sensitivity, Severity Severity, string TypeName, string? Language, DateTimeOffset OpenedAt, int CaseVersion);

/// <summary>What an expert ruled.</summary>
/// <param name="By">Who; null where the console decided.</param>
/// <param name="Rationale">Why, for who asked; null where nothing was written, or it was erased.</param>
/// <param name="Actions">Names of what was ordered.</param>
/// <param name="State">Whether it is still in force.</param>
public sealed record EscalationRuling(
    Verdict Verdict, string? CannotReviewCode, string? PolicyId, string? PolicyCode, string? PolicyName, IReadOnlyList<string> Actions, string? Rationale,
    string? By, DateTimeOffset At, DecisionState State);

/// <summary>A message of the thread.</summary>
/// <param name="Side">On which side its writer stands.</param>
/// <param name="Mine">Whether the reader wrote it.</param>
public sealed record MessageLine(Guid Id, string Person, ThreadSide Side, string Text, DateTimeOffset At, bool Mine);

/// <summary>On which side of a thread someone stands.</summary>
public enum ThreadSide
{
    /// <summary>Asked the question.</summary>
    Asker,

    /// <summary>Is to answer it.</summary>
    Expert,

    /// <summary>Was asked for an opinion.</summary>
    Consulted,
}

/// <summary>Someone whose opinion was asked for.</summary>
public sealed record ConsultLine(string Person, string AskedBy, DateTimeOffset AskedAt);

/// <summary>A call to people on call.</summary>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Problem">Code of the last try's problem.</param>
/// <param name="EndedAt">When the receiver took it, or it was stopped, UTC.</param>
public sealed record AlertLine(AlertKind Kind, AlertState State, DateTimeOffset At, int Attempts, string? Problem, DateTimeOffset? EndedAt);

/// <summary>An authority that was told.</summary>
public sealed record ToldLine(Guid Id, string Authority, DateTimeOffset ToldAt, string ToldBy, string? Reference, string RecordedBy, DateTimeOffset RecordedAt);

/// <summary>An entry in the reader's inbox that this page answers.</summary>
public sealed record UnreadKey(string Key, InboxKind Kind);

/// <summary>An escalation, to read.</summary>
public sealed record EscalationView
{
    /// <summary>Its number: that of the expert's task.</summary>
    public required long Number { get; init; }

    /// <summary>The question; empty where an emergency was raised without words, or the words were erased.</summary>
    public required string Question { get; init; }

    /// <summary>How pressing it is.</summary>
    public required EscalationUrgency Urgency { get; init; }

    /// <summary>Where it stands.</summary>
    public required EscalationState State { get; init; }

    /// <summary>Who asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The person to whom it was put by name.</summary>
    public required string? AskedOf { get; init; }

    /// <summary>Name of the area to which it was put.</summary>
    public required string? Area { get; init; }

    /// <summary>By when it is to be answered, UTC.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The case.</summary>
    public required EscalatedCase Case { get; init; }

    /// <summary>What was ruled; null while it is open, or where nothing was.</summary>
    public required EscalationRuling? Ruling { get; init; }

    /// <summary>The thread, oldest first.</summary>
    public required IReadOnlyList<MessageLine> Messages { get; init; }

    /// <summary>Whose opinion was asked for.</summary>
    public required IReadOnlyList<ConsultLine> Consulted { get; init; }

    /// <summary>When an expert first took it, UTC.</summary>
    public required DateTimeOffset? TakenAt { get; init; }

    /// <summary>Of an emergency: who said first that they have seen it.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Whether the reader may say that they have seen it.</summary>
    public bool MayAcknowledge { get; init; }

    /// <summary>Calls to people on call, oldest first.</summary>
    public required IReadOnlyList<AlertLine> Alerts { get; init; }

    /// <summary>Authorities that were told, oldest first.</summary>
    public required IReadOnlyList<ToldLine> Told { get; init; }

    /// <summary>Entries in the reader's inbox that are answered by reading this.</summary>
    public required IReadOnlyList<UnreadKey> Unread { get; init; }

    /// <summary>Whether the reader asked it.</summary>
    public required bool Mine { get; init; }

    /// <summary>Whether the reader may write in the thread now.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>Whether the reader may ask another expert for an opinion now.</summary>
    public required bool MayConsult { get; init; }

    /// <summary>Whether the reader may write down which authority was told.</summary>
    public required bool MayRecord { get; init; }
}
