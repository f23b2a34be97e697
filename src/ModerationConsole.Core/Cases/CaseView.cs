using ModerationConsole.Core.Media;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Cases;

/// <summary>A case to read, with everything that led to it and happened to it in this room.</summary>
public sealed record CaseView
{
    /// <summary>The case's number.</summary>
    public required long Number { get; init; }

    /// <summary>State.</summary>
    public required CaseState State { get; init; }

    /// <summary>What made it.</summary>
    public required CaseSource Source { get; init; }

    /// <summary>How it must be handled.</summary>
    public required Sensitivity Sensitivity { get; init; }

    /// <summary>Highest severity among reported policies.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Above 1: it was decided and opened again.</summary>
    public required int CaseVersion { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Where it stands among the queues.</summary>
    public required CaseWhereabouts? Where { get; init; }

    /// <summary>The item that is judged.</summary>
    public required ShownItem Item { get; init; }

    /// <summary>Its media, in order.</summary>
    public required IReadOnlyList<ShownMedia> Media { get; init; }

    /// <summary>Complaints, newest first.</summary>
    public required IReadOnlyList<ShownReport> Reports { get; init; }

    /// <summary>Items of its thread, and others that came with it.</summary>
    public required IReadOnlyList<ShownBeside> Beside { get; init; }

    /// <summary>Cases about other versions of the same item that the caller may know of, newest first.</summary>
    public required IReadOnlyList<OtherVersion> OtherVersions { get; init; }

    /// <summary>What happened, oldest first, over all versions of the case.</summary>
    public required IReadOnlyList<ShownEvent> History { get; init; }
}

/// <summary>An item in the words of its schema.</summary>
/// <param name="Author">Name of the account that made it, else its id.</param>
public sealed record ShownItem(
    string TypeId, string TypeName, string ItemId, string? AuthorId, string? Author, string? ThreadId, string? ParentId, string? Language,
    DateTimeOffset? CreatedAt, DateTimeOffset ReceivedAt, IReadOnlyList<ItemFieldValues> Fields);

/// <summary>A media object of the item; shown only through the gated component.</summary>
public sealed record ShownMedia(
    Guid MediaId, int Position, string Field, MediaKind Kind, MediaState State, string? Category, string? Problem, double? DurationSeconds);

/// <summary>A complaint.</summary>
/// <param name="PolicyName">Name of the policy that was named; its id as sent where we have none of that id.</param>
public sealed record ShownReport(Guid Id, string? PolicyName, string? Reason, bool ChildSafety, string ReporterId, DateTimeOffset ReportedAt);

/// <summary>An item beside the judged one.</summary>
public sealed record ShownBeside(string TypeName, string ItemId, string? AuthorId, ItemRelation Relation, bool Reported, string Excerpt);

/// <summary>A case about another version of the item.</summary>
public sealed record OtherVersion(long Number, CaseState State, DateTimeOffset ReceivedAt);

/// <summary>A line of history.</summary>
/// <param name="Person">Who did it, where that may be told.</param>
public sealed record ShownEvent(DateTimeOffset At, CaseEventKind Kind, int CaseVersion, string? Person, string? Text);
