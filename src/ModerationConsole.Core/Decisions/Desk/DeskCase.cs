using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Everything that the desk shows of a task while a person holds it.</summary>
public sealed record DeskCase
{
    /// <summary>The task that is worked.</summary>
    public required long TaskNumber { get; init; }

    /// <summary>Fencing number that each command about this task carries.</summary>
    public required long Fence { get; init; }

    /// <summary>The case's number; null where only the task's own may be shown.</summary>
    public required long? CaseNumber { get; init; }

    /// <summary>What judgement is wanted.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The queue it waited in, with its rules.</summary>
    public required DeskQueue Queue { get; init; }

    /// <summary>How the item must be handled.</summary>
    public required Sensitivity Sensitivity { get; init; }

    /// <summary>Highest severity among reported policies.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Deadline, UTC; null for none.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>Language of the item, BCP 47.</summary>
    public required string? Language { get; init; }

    /// <summary>What made the case.</summary>
    public required CaseSource Source { get; init; }

    /// <summary>Whether a legal notice about it ever came in.</summary>
    public bool Noticed { get; init; }

    /// <summary>When the case was made, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Above 1: the case was decided before and opened again.</summary>
    public required int CaseVersion { get; init; }

    /// <summary>The item that is judged.</summary>
    public required DeskItem Item { get; init; }

    /// <summary>Its media, in order.</summary>
    public required IReadOnlyList<DeskMedia> Media { get; init; }

    /// <summary>Who made it; null where the platform did not say.</summary>
    public required DeskAuthor? Author { get; init; }

    /// <summary>The author's strikes; null where the author is not known.</summary>
    public DeskStrikes? Strikes { get; init; }

    /// <summary>Whether what is decided leaves at once and can be taken back no more: it is about a threat to life.</summary>
    public bool AtOnce { get; init; }

    /// <summary>All reports, newest first.</summary>
    public required IReadOnlyList<DeskReport> Reports { get; init; }

    /// <summary>Rules and signals that brought it up, the weightiest first.</summary>
    public IReadOnlyList<CaseGround> Grounds { get; init; } = [];

    /// <summary>What in the item's text rules and reports are about.</summary>
    public IReadOnlyList<DeskMatch> Matches { get; init; } = [];

    /// <summary>The thread it stands in, oldest first, the judged item among them; empty where none was sent.</summary>
    public required IReadOnlyList<DeskItem> Thread { get; init; }

    /// <summary>Other items that were reported or sent with it.</summary>
    public required IReadOnlyList<DeskItem> Related { get; init; }

    /// <summary>What happened to the case so far, oldest first, all versions.</summary>
    public required IReadOnlyList<DeskEvent> History { get; init; }

    /// <summary>Decisions on this case and on other versions of the item, newest first.</summary>
    public required IReadOnlyList<DeskDecision> EarlierDecisions { get; init; }

    /// <summary>Policies to choose from, in order of their codes.</summary>
    public required IReadOnlyList<DeskPolicy> Policies { get; init; }

    /// <summary>Actions that this queue allows on this item, its author and related items.</summary>
    public required IReadOnlyList<DeskAction> Actions { get; init; }

    /// <summary>What the person had begun to write about it, as they left it.</summary>
    public required string? Draft { get; init; }
}

/// <summary>The queue of a task, and what it asks of a decision.</summary>
/// <param name="PolicyRequired">A violation needs a policy.</param>
/// <param name="ReasonRequired">A violation needs a reason for the user.</param>
/// <param name="PinnedPolicies">Policy ids on the keys 1 to 9, in this order.</param>
public sealed record DeskQueue(
    Guid Id, string Name, string Slug, QueueKind Kind, bool PolicyRequired, bool ReasonRequired, IReadOnlyList<string> PinnedPolicies);

/// <summary>An item in the words of its schema.</summary>
/// <param name="VersionId">The item version.</param>
/// <param name="TypeName">Name of its type, for people: "Post".</param>
/// <param name="AuthorName">Name of who made it, else their id on the platform.</param>
/// <param name="Fields">What there is to read, in the schema's order; media and what the head of the case says are left out.</param>
/// <param name="MediaCount">How many media objects it names.</param>
/// <param name="Judged">Whether it is the item that is judged.</param>
/// <param name="Reported">Whether a report names it.</param>
public sealed record DeskItem(
    Guid VersionId, string TypeId, string TypeName, ItemKind Kind, string ItemId, string? AuthorName, string? CreatorTypeId, string? CreatorId,
    string? ThreadId, string? ParentId, string? Language, DateTimeOffset? CreatedAt, IReadOnlyList<DeskField> Fields, int MediaCount, bool Judged, bool Reported)
{
    /// <summary>Where its data belongs; null where that is not known.</summary>
    public string? Region { get; init; }

    /// <summary>Type of the account behind it: a judged account is its own author.</summary>
    public string? AuthorTypeId => Kind == ItemKind.User ? TypeId : CreatorTypeId;
}

/// <summary>A field with its values as text, exactly as the platform sent them: hostile until it is encoded.</summary>
/// <param name="Name">Key in the item's data.</param>
/// <param name="Sensitive">Personal data: the one value is <see cref="Mask"/>, whatever was sent.</param>
public sealed record DeskField(string Name, FieldType Type, FieldRole Role, bool Sensitive, IReadOnlyList<string> Values)
{
    /// <summary>What stands in the place of what is personal; as long for every value.</summary>
    public const string Mask = "••••••";
}

/// <summary>A media object of the judged item.</summary>
/// <param name="Category">What it is said to show.</param>
/// <param name="Problem">Code of why it was refused or has no still.</param>
public sealed record DeskMedia(
    Guid MediaId, int Position, string Field, Media.MediaKind Kind, Media.MediaState State, string? Category, string? Problem, double? DurationSeconds)
{
    /// <summary>How the stills of a video lie on its storyboard; null for what is none.</summary>
    public Media.StoryboardStills? Stills { get; init; }
}

/// <summary>What our own data says about the account that made the item.</summary>
/// <param name="Name">Display name, else the id on the platform.</param>
/// <param name="FirstSeen">When we first received something of it, UTC.</param>
/// <param name="CreatedAt">When the platform says the account was made, UTC.</param>
/// <param name="Violations">Violations found in the last 90 days.</param>
/// <param name="Reviewed">Decisions in the last 90 days.</param>
/// <param name="OpenCases">Open cases besides this one.</param>
public sealed record DeskAuthor(
    string TypeId, string Id, string Name, DateTimeOffset FirstSeen, DateTimeOffset? CreatedAt, int Violations, int Reviewed, int OpenCases);

/// <summary>A complaint about the item.</summary>
/// <param name="PolicyName">Name of the policy the reporter named; its id as sent where we have none by that id.</param>
public sealed record DeskReport(Guid Id, string? PolicyId, string? PolicyName, string? Reason, bool ChildSafety, string ReporterId, DateTimeOffset ReportedAt)
{
    /// <summary>Type of the reporter's account.</summary>
    public string ReporterTypeId { get; init; } = "";

    /// <summary>How their earlier reports were judged.</summary>
    public ReporterRecord Record { get; init; } = ReporterRecord.None;
}

/// <summary>A line of the case's history.</summary>
/// <param name="Person">Who did it, where that may be told.</param>
/// <param name="Text">Short text of the console: a queue's name.</param>
/// <param name="Verdict">Of the decision that the line is about.</param>
/// <param name="PolicyName">Of the decision that the line is about.</param>
public sealed record DeskEvent(
    DateTimeOffset At, CaseEventKind Kind, int CaseVersion, string? Person, string? Text, Verdict? Verdict = null, string? PolicyName = null);

/// <summary>A decision that was made before.</summary>
/// <param name="OnThisCase">False where it judged another version of the item.</param>
public sealed record DeskDecision(
    DateTimeOffset At, Verdict Verdict, DecisionState State, string? PolicyName, string? PolicyCode, string? Person, string? ReasonForUser, string? InternalNote, bool OnThisCase);

/// <summary>A policy that can be chosen.</summary>
/// <param name="Key">1 to 9 where the queue pinned it, else null.</param>
public sealed record DeskPolicy(
    string Id, string Code, string Name, Severity Severity, int? Key, IReadOnlyList<string> RecommendedActions, IReadOnlyList<string> ReasonTemplates)
{
    /// <summary>Number of the version in force.</summary>
    public int VersionNumber { get; init; } = 1;

    /// <summary>Whether a violation of it needs a reason for the user, whatever the queue asks for.</summary>
    public bool ReasonRequired { get; init; }
}

/// <summary>An action that can be chosen.</summary>
/// <param name="Target">What it is made for.</param>
/// <param name="ItemTypes">Types that it applies to, comma separated; empty for all.</param>
/// <param name="Parameters">Values that may or must be given with it.</param>
public sealed record DeskAction(
    string Id, string Name, string Description, ActionTarget Target, bool Reversible, string ItemTypes, IReadOnlyList<ActionParameter> Parameters)
{
    /// <summary>Whether it can be ordered on a target of that type, in a case about an item of type <paramref name="judgedTypeId"/>.</summary>
    public bool Fits(ActionTarget target, string typeId, string judgedTypeId) =>
        ActionScope.Suits(Target, target) && ActionScope.Covers(ItemTypes, target, typeId, judgedTypeId);
}
