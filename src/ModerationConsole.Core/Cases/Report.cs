using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Someone's complaint about an item.</summary>
public sealed class Report
{
    /// <summary>Identity; what the platform gets back.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case it folded into.</summary>
    public long CaseNumber { get; init; }

    /// <summary>Type of the reporter's account.</summary>
    public string ReporterTypeId { get; init; } = "";

    /// <summary>Reporter's id on the platform.</summary>
    public string ReporterId { get; init; } = "";

    /// <summary>Policy the reporter named, as sent; need not exist.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The reporter's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the reporter says it concerns child safety.</summary>
    public bool ChildSafety { get; init; }

    /// <summary>When the reporter made it, UTC, as the platform says.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>When it came in, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>How another item belongs to a case.</summary>
public enum ItemRelation
{
    Thread,
    Additional,
}

/// <summary>An item that stands beside the judged one.</summary>
public sealed class RelatedItem
{
    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The other item.</summary>
    public Guid ItemVersionId { get; init; }

    /// <summary>How it belongs.</summary>
    public ItemRelation Relation { get; init; }

    /// <summary>Whether the report names it as reported too.</summary>
    public bool Reported { get; set; }

    /// <summary>Order among its kind, from 0.</summary>
    public int Position { get; init; }
}

/// <summary>What can happen in the life of a case.</summary>
public enum CaseEventKind
{
    Opened,
    Reported,
    ItemSentAgain,
    Queued,
    WentBack,
    Moved,
    Escalated,
    Emergency,
    ChildSafety,
    Decided,
    Undone,
    Reversed,
    Reopened,
    Withdrawn,
    Closed,
    Actioned,
    Appealed,
    AppealAnswered,
    NoticeReceived,
    NoticeAnswered,
}

/// <summary>A line of a case's history as people read it. Says what happened, not who stopped or why they did.</summary>
public sealed class CaseEvent
{
    /// <summary>Order of writing.</summary>
    public long Sequence { get; init; }

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>The version the case was at.</summary>
    public int CaseVersion { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public CaseEventKind Kind { get; init; }

    /// <summary>Who did it, where that may be told.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>What is concerned: decision, report or queue.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>A short text made by the console: verdict, queue name, policy code.</summary>
    public string? Text { get; init; }
}

/// <summary>Writes the history of a case.</summary>
public static class CaseHistory
{
    /// <summary>Adds a line in this operation's transaction.</summary>
    public static void Tell(this WriteScope scope, Case about, CaseEventKind kind, Guid? personId = null, Guid? subjectId = null, string? text = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(about);
        scope.Append(new CaseEvent
        {
            CaseNumber = about.Number,
            CaseVersion = about.CaseVersion,
            At = scope.Now,
            Kind = kind,
            PersonId = personId,
            SubjectId = subjectId,
            Text = text,
        });
    }
}
