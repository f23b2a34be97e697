namespace ModerationConsole.Core.Notices;

/// <summary>Why people are told of a clock.</summary>
public enum ClockAlertKind
{
    /// <summary>Half of its time is over.</summary>
    HalfGone,

    /// <summary>Four fifths of its time are over.</summary>
    NearlyGone,

    /// <summary>Its time is over.</summary>
    Breached,

    /// <summary>It waited where nobody could take it.</summary>
    NobodyMayTake,
}

/// <summary>That people were told of a clock, once for each reason.</summary>
public sealed class ClockAlert
{
    /// <summary>The notice.</summary>
    public long NoticeNumber { get; init; }

    /// <summary>Why.</summary>
    public ClockAlertKind Kind { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The message on its way.</summary>
    public Guid DeliveryId { get; init; }
}

/// <summary>What a notice's sender is told, in a word.</summary>
public enum NoticeFinding
{
    /// <summary>Something was done about all of it.</summary>
    ActedOn,

    /// <summary>Something was done about a part.</summary>
    ActedOnInPart,

    /// <summary>Nothing was found against it.</summary>
    NotActedOn,

    /// <summary>It could not be judged, or was gone.</summary>
    NotJudged,
}

/// <summary>An answer to the sender of a notice, as it was given.</summary>
public sealed class NoticeAnswer
{
    /// <summary>The notice.</summary>
    public long NoticeNumber { get; init; }

    /// <summary>Which answer it is, from 1; a further one corrects those before.</summary>
    public int Round { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What was told.</summary>
    public NoticeFinding Finding { get; init; }

    /// <summary>What was told of redress.</summary>
    public string Redress { get; init; } = "";

    /// <summary>The message on its way.</summary>
    public Guid DeliveryId { get; init; }
}
