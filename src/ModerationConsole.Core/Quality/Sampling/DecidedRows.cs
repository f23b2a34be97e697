using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>A decision that may be drawn, with what it is told apart by.</summary>
internal sealed class DecidedRow
{
    public Guid Id { get; init; }

    public long CaseNumber { get; init; }

    public int CaseVersion { get; init; }

    public Guid QueueId { get; init; }

    public DateTimeOffset DecidedAt { get; init; }

    public DateTimeOffset UndoUntil { get; init; }

    public Guid? DeciderId { get; init; }

    public Guid? TeamId { get; init; }

    public DateTimeOffset? AddedAt { get; init; }

    public Verdict Verdict { get; init; }

    public string? PolicyId { get; init; }

    public string Actions { get; init; } = "";

    public string? Language { get; init; }

    /// <summary>Of the case as it is now.</summary>
    public Severity Severity { get; init; }

    public bool Automated { get; init; }

    /// <summary>What strata ask of it.</summary>
    /// <param name="severity">Severity of the case when it was decided.</param>
    public DecidedFacts Facts(Severity severity) => new(
        QueueId, PolicyId, Verdict, Actions.Split(',', StringSplitOptions.RemoveEmptyEntries), DeciderId, TeamId, ReviewLanguage.Of(Language), severity,
        (DecidedAt - AddedAt)?.TotalDays, Automated);
}

/// <summary>The decisions that are ever drawn from.</summary>
internal static class DecidedRows
{
    /// <summary>
    /// Judgements that changed a case: none that was taken back, none that took another's place, none that only measured, and
    /// none about child safety.
    /// </summary>
    public static IQueryable<DecidedRow> Drawable(this ConsoleDbContext db) =>
        from decision in db.Set<Decision>().AsNoTracking()
        join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
        join about in db.Set<Case>() on decision.CaseNumber equals about.Number
        join person in db.Set<Moderator>() on decision.DeciderId equals person.Id into people
        from decider in people.DefaultIfEmpty()
        where decision.State != DecisionState.Undone && decision.ReversesId == null
            && !TaskKinds.Measuring.Contains(task.Kind) && about.Sensitivity != Sensitivity.ChildSafety
        select new DecidedRow
        {
            Id = decision.Id,
            CaseNumber = decision.CaseNumber,
            CaseVersion = decision.CaseVersion,
            QueueId = task.QueueId,
            DecidedAt = decision.DecidedAt,
            UndoUntil = decision.UndoUntil,
            DeciderId = decision.DeciderId,
            TeamId = decider == null ? null : decider.TeamId,
            AddedAt = decider == null ? null : decider.AddedAt,
            Verdict = decision.Verdict,
            PolicyId = decision.PolicyId,
            Actions = decision.Actions,
            Language = about.Language,
            Severity = about.Severity,
            Automated = decision.DeciderId == null || decision.AutomatedDecision == true,
        };
}
