using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Decisions;

/// <summary>A case to read, in the same words in which the desk shows it.</summary>
public sealed record CaseFile
{
    /// <summary>The case's number.</summary>
    public required long Number { get; init; }

    /// <summary>State.</summary>
    public required CaseState State { get; init; }

    /// <summary>What made it.</summary>
    public required CaseSource Source { get; init; }

    /// <summary>Whether a legal notice about it ever came in.</summary>
    public bool Noticed { get; init; }

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
    public required DeskItem Item { get; init; }

    /// <summary>Its media, in order; shown only through the gated component.</summary>
    public required IReadOnlyList<DeskMedia> Media { get; init; }

    /// <summary>Who made it; null where the platform did not say.</summary>
    public required DeskAuthor? Author { get; init; }

    /// <summary>Complaints, newest first.</summary>
    public required IReadOnlyList<DeskReport> Reports { get; init; }

    /// <summary>The thread it stands in, oldest first, the judged item among them.</summary>
    public required IReadOnlyList<DeskItem> Thread { get; init; }

    /// <summary>Other items that came with it.</summary>
    public required IReadOnlyList<DeskItem> Related { get; init; }

    /// <summary>What happened, oldest first, over all versions of the case.</summary>
    public required IReadOnlyList<DeskEvent> History { get; init; }

    /// <summary>Cases about other versions of the same item that the caller may know of, newest first.</summary>
    public required IReadOnlyList<OtherVersion> OtherVersions { get; init; }
}

/// <summary>A case about another version of the item.</summary>
public sealed record OtherVersion(long Number, CaseState State, DateTimeOffset ReceivedAt);
