using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>What else is known around a case. Read apart from it, so that the desk stands when this fails.</summary>
/// <param name="AuthorPast">Decisions about other items of the author, newest first.</param>
/// <param name="Alike">Cases about the same or nearly the same content, the closest first.</param>
/// <param name="Comments">What the team wrote beside the case, oldest first.</param>
public sealed record DeskContext(
    IReadOnlyList<DeskPastDecision> AuthorPast, IReadOnlyList<DeskAlike> Alike, IReadOnlyList<CommentRow> Comments);

/// <summary>A decision about another item of the same author.</summary>
/// <param name="Excerpt">Beginning of the item's text.</param>
/// <param name="Actions">Names of what was done.</param>
public sealed record DeskPastDecision(
    long CaseNumber, DateTimeOffset At, string TypeName, string Excerpt, Verdict Verdict, DecisionState State,
    string? PolicyName, string? PolicyCode, IReadOnlyList<string> Actions);

/// <summary>A case about content that is like the judged item's.</summary>
/// <param name="SeenAt">When it came in, UTC.</param>
/// <param name="Verdict">What was decided; null while it is open, or where it was closed without a verdict.</param>
public sealed record DeskAlike(
    Alikeness How, long CaseNumber, CaseState State, DateTimeOffset SeenAt, Verdict? Verdict, DateTimeOffset? DecidedAt, string? PolicyName, string? PolicyCode);
