using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Where a case of a batch stands.</summary>
public enum MemberState
{
    Waiting,
    Done,

    /// <summary>Nothing was done to it; <see cref="BatchMember.Reason"/> says why.</summary>
    LeftOut,

    /// <summary>Done, and taken back inside the window or where nothing had left.</summary>
    TakenBack,

    /// <summary>Done, and replaced by a decision of its own afterwards.</summary>
    Reversed,

    /// <summary>Done, and it could not be taken back.</summary>
    Stands,
}

/// <summary>Why nothing was done to a case, or why it stands.</summary>
public enum LeftOutReason
{
    None,

    /// <summary>Something about it changed since it was proposed.</summary>
    Changed,

    /// <summary>Someone works on it.</summary>
    InHand,

    /// <summary>It is not open.</summary>
    NotOpen,

    /// <summary>It must be looked at by itself: child safety, an emergency, a complaint.</summary>
    Alone,

    /// <summary>Its queue is not for its maker, or they had a hand in it.</summary>
    NotYours,

    /// <summary>The verdict or an action does not fit it.</summary>
    DoesNotFit,

    /// <summary>It is there already.</summary>
    SameQueue,

    /// <summary>The decision was replaced or the case went on since.</summary>
    WentOn,
}

/// <summary>A case of a batch, as it was when the batch was proposed, and what became of it.</summary>
public sealed class BatchMember : IVersioned
{
    /// <summary>The batch.</summary>
    public long BatchNumber { get; init; }

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>Number of changes of the case then.</summary>
    public long CaseStamp { get; init; }

    /// <summary>The task that waited then.</summary>
    public long? TaskNumber { get; init; }

    /// <summary>The queue it waited in.</summary>
    public Guid? FromQueueId { get; init; }

    /// <summary>Where it stands.</summary>
    public MemberState State { get; set; }

    /// <summary>Why it is left out or stands.</summary>
    public LeftOutReason Reason { get; set; }

    /// <summary>The decision made.</summary>
    public Guid? DecisionId { get; set; }

    /// <summary>When that happened, UTC.</summary>
    public DateTimeOffset? At { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}
