using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Notices;

/// <summary>Where a notice stands.</summary>
public enum NoticeState
{
    /// <summary>Its clock runs.</summary>
    Running,

    /// <summary>All that it is about is decided; its clock stands. Its sender is told once that can be taken back no more.</summary>
    Stopped,

    /// <summary>Its sender was told.</summary>
    Answered,
}

/// <summary>What came of one thing that a notice is about.</summary>
public enum NoticeOutcome
{
    /// <summary>It waits for a decision.</summary>
    Waiting,

    /// <summary>It was decided.</summary>
    Decided,

    /// <summary>It was gone at its source, or its case was withdrawn, before anyone decided.</summary>
    Gone,
}

/// <summary>A report with legal standing: who demands what, by which law, and until when.</summary>
public sealed class Notice : IVersioned
{
    /// <summary>The number people say aloud.</summary>
    public long Number { get; init; }

    /// <summary>Identity; what the sender gets as a receipt.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Code of its type.</summary>
    public string Type { get; init; } = "";

    /// <summary>Name of its type when it came in.</summary>
    public string TypeName { get; init; } = "";

    /// <summary>What sort it is.</summary>
    public NoticeKind Kind { get; init; }

    /// <summary>The law or article that it stands on.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Where it applies: two letters, ISO 3166-1, or EU.</summary>
    public string Jurisdiction { get; init; } = "";

    /// <summary>Who sent it; empty once that was erased.</summary>
    public string Sender { get; private set; } = "";

    /// <summary>The sender's own sign for it.</summary>
    public string? Reference { get; private set; }

    /// <summary>What is demanded, and where it is to hold.</summary>
    public string? Scope { get; private set; }

    /// <summary>The sender's reasons.</summary>
    public string? Explanation { get; private set; }

    /// <summary>When the platform received it, UTC: its clock started.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it reached the console, UTC.</summary>
    public DateTimeOffset EnteredAt { get; init; }

    /// <summary>Who entered it; null where a program sent it.</summary>
    public Guid? EnteredBy { get; init; }

    /// <summary>Length of its clock.</summary>
    public int ClockMinutes { get; init; }

    /// <summary>Whether the law sets the clock.</summary>
    public bool ByLaw { get; init; }

    /// <summary>When a decision is due, UTC.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Where it stands.</summary>
    public NoticeState State { get; private set; } = NoticeState.Running;

    /// <summary>When its clock stopped, UTC.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>How often its sender was told.</summary>
    public int Answers { get; private set; }

    /// <summary>SHA-256 of what was sent: the same notice sent again is the same.</summary>
    public byte[] Hash { get; init; } = [];

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether its clock stopped in time; null while it runs.</summary>
    public bool? Met => StoppedAt is { } at ? at <= DueAt : null;

    /// <summary>All that it is about is decided.</summary>
    internal void Stop(DateTimeOffset now)
    {
        Expect(NoticeState.Running);
        (State, StoppedAt) = (NoticeState.Stopped, now);
    }

    /// <summary>A decision was taken back: the clock runs again, from when it always ran.</summary>
    internal void Restart()
    {
        Expect(NoticeState.Stopped);
        (State, StoppedAt) = (NoticeState.Running, null);
    }

    /// <summary>What was answered holds no more: its sender is to be told again. The clock keeps what it was.</summary>
    internal void AnswerAgain()
    {
        Expect(NoticeState.Answered);
        State = NoticeState.Stopped;
    }

    /// <summary>Its sender is told. Returns which answer it is, from 1.</summary>
    internal int Answer()
    {
        Expect(NoticeState.Stopped);
        State = NoticeState.Answered;
        return ++Answers;
    }

    /// <summary>Takes out who sent it and what they wrote.</summary>
    internal void Erase() => (Sender, Reference, Scope, Explanation) = ("", null, null, null);

    /// <summary>A notice as it came in.</summary>
    internal static Notice Receive(NoticeOrder order, NoticeType type, byte[] hash, Guid? enteredBy, DateTimeOffset now) => new()
    {
        Type = order.Type,
        TypeName = type.Name,
        Kind = type.Kind,
        Basis = order.Basis,
        Jurisdiction = order.Jurisdiction,
        Sender = order.Sender,
        Reference = order.Reference,
        Scope = order.Scope,
        Explanation = order.Explanation,
        ReceivedAt = order.ReceivedAt,
        EnteredAt = now,
        EnteredBy = enteredBy,
        ClockMinutes = type.Minutes,
        ByLaw = type.ByLaw,
        DueAt = order.ReceivedAt + type.Clock,
        Hash = hash,
    };

    private void Expect(NoticeState state)
    {
        if (State != state)
        {
            throw new DomainRuleException($"notice.is-{State.ToString().ToLowerInvariant()}");
        }
    }
}

/// <summary>One thing that a notice is about, with its case.</summary>
public sealed class NoticeItem : IVersioned
{
    /// <summary>The notice.</summary>
    public long NoticeNumber { get; init; }

    /// <summary>The case in which it is judged.</summary>
    public long CaseNumber { get; init; }

    /// <summary>Order, from 0.</summary>
    public int Position { get; init; }

    /// <summary>Type of the item.</summary>
    public string ItemTypeId { get; init; } = "";

    /// <summary>The item; empty once it was erased.</summary>
    public string ItemId { get; private set; } = "";

    /// <summary>What came of it.</summary>
    public NoticeOutcome Outcome { get; private set; } = NoticeOutcome.Waiting;

    /// <summary>The decision in force about it.</summary>
    public Guid? DecisionId { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>It was decided, now or by a decision that takes the place of another.</summary>
    internal void Decide(Guid decisionId) => (Outcome, DecisionId) = (NoticeOutcome.Decided, decisionId);

    /// <summary>Nothing is left to decide.</summary>
    internal void Go() => Outcome = NoticeOutcome.Gone;

    /// <summary>The decision was taken back.</summary>
    internal void Reopen() => (Outcome, DecisionId) = (NoticeOutcome.Waiting, null);

    /// <summary>Takes out what it names.</summary>
    internal void Erase() => ItemId = "";

    /// <summary>An item of a new notice.</summary>
    internal static NoticeItem Of(long notice, NoticedItem item, int position) => new()
    {
        NoticeNumber = notice,
        CaseNumber = item.About.Number,
        Position = position,
        ItemTypeId = item.TypeId,
        ItemId = item.ItemId,
    };
}
