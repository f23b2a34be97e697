using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Decisions.Programs;

/// <summary>An item by the platform's names for it.</summary>
public sealed record ItemName(string Id, string TypeId);

/// <summary>A case as programs see it: numbers and states, no content and no person.</summary>
/// <param name="CaseVersion">Raised each time it opens again.</param>
/// <param name="Queue">Slug of the queue where a judgement of it is wanted; null when none is.</param>
/// <param name="EndedAt">When it was last decided or closed, UTC.</param>
public sealed record ProgramCase(
    long Number, CaseState Status, int CaseVersion, CaseSource Source, Sensitivity Sensitivity, Severity Severity, string? Language,
    ItemName Item, string? Queue, DateTimeOffset OpenedAt, DateTimeOffset LastEvidenceAt, DateTimeOffset? EndedAt);

/// <summary>A decision as programs see it. What was noted for the team is not part of it.</summary>
/// <param name="Reason">What the user is told.</param>
/// <param name="FinalAt">When it could no longer be taken back, UTC.</param>
/// <param name="ReversesId">The decision whose place it took.</param>
/// <param name="Actor">Pseudonym of who decided; null where the console did.</param>
public sealed record ProgramDecision(
    Guid Id, long CaseNumber, int CaseVersion, ItemName Item, Verdict Verdict, string? PolicyId, IReadOnlyList<string> Actions, string? Reason,
    DateTimeOffset DecidedAt, DateTimeOffset FinalAt, bool Reversed, Guid? ReversesId, string? Actor);

/// <summary>A report as programs see it.</summary>
public sealed record ProgramReport(Guid Id, string? PolicyId, bool ChildSafety, DateTimeOffset ReportedAt, DateTimeOffset ReceivedAt);

/// <summary>A case with what came of it.</summary>
/// <param name="Decision">The decision in force, once it is final.</param>
public sealed record ProgramCaseDetail(ProgramCase Case, IReadOnlyList<ProgramReport> Reports, ProgramDecision? Decision);
