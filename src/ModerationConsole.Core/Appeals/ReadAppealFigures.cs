using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Appeals;

/// <summary>Figures on appeals of a time. Child-safety cases count in none, for nobody: a figure would tell of them.</summary>
[Requires(Permission.ViewAppeals)]
public sealed class ReadAppealFigures(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    // Figures over more say nothing else.
    private const int MostAppeals = 50_000;

    /// <summary>Reads them.</summary>
    public async Task<AppealFigures> RunAsync(Caller caller, AppealFiguresQuestion question, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadAppealFigures>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(question);
        DateTimeOffset now = clock.Now();
        DateTimeOffset since = now.AddDays(-Math.Clamp(question.Days, 1, 366));
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<CountedDecisions> decisions = await DecisionsAsync(db, question, since, now, cancellationToken).ConfigureAwait(false);
            List<CountedAppeal> appeals = await AppealsAsync(db, question, since, cancellationToken).ConfigureAwait(false);
            Dictionary<string, string> names = await db.Set<Policy>().ToDictionaryAsync(row => row.Id, row => $"{row.Code} {row.Name}", cancellationToken).ConfigureAwait(false);
            IQueryable<Appeal> open = Asked(db, question).Where(row => row.State == AppealState.Open);
            TimeSpan[] times = [.. appeals.Where(row => row.Judged).Select(row => row.AnsweredAt!.Value - row.ReceivedAt).Order()];
            return new AppealFigures(
                Appealed(decisions, appeals), Overturned(appeals), AppealFigures.Quantile(times, 0.5), AppealFigures.Quantile(times, 0.9), times.Length,
                appeals.Count(row => row.Judged && row.AnsweredAt > row.DueAt),
                await open.CountAsync(cancellationToken).ConfigureAwait(false), await open.CountAsync(row => row.DueAt < now, cancellationToken).ConfigureAwait(false),
                Parts(decisions, appeals, row => row.PolicyId, row => row.PolicyId, key => key is null ? null : names.GetValueOrDefault(key)),
                Parts(decisions, appeals, row => row.Language, row => row.Language, _ => null),
                Parts(decisions, appeals, row => row.Automated ? "program" : "person", row => row.Automated ? "program" : "person", _ => null));
        }
    }

    private static IQueryable<Appeal> Asked(ConsoleDbContext db, AppealFiguresQuestion question)
    {
        IQueryable<Appeal> rows = db.Set<Appeal>().Where(row => db.Set<Case>().Any(about => about.Number == row.CaseNumber && about.Sensitivity != Sensitivity.ChildSafety));
        rows = question.PolicyId is { } policy ? rows.Where(row => row.PolicyId == policy) : rows;
        rows = question.Language is { } language ? rows.Where(row => row.Language == language) : rows;
        return question.Automated is { } automated ? rows.Where(row => row.Automated == automated) : rows;
    }

    private static Task<List<CountedAppeal>> AppealsAsync(ConsoleDbContext db, AppealFiguresQuestion question, DateTimeOffset since, CancellationToken cancellationToken) =>
        Asked(db, question).Where(row => row.ReceivedAt >= since).OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.Number).Take(MostAppeals)
            .Select(row => new CountedAppeal(
                row.DecisionId, row.Kind, row.PolicyId, row.Language, row.Automated, row.DecidedAt >= since, row.SettledAt != null && row.AnswerId != null,
                row.State == AppealState.Overturned || row.State == AppealState.Changed, row.ReceivedAt, row.DueAt, row.AnsweredAt))
            .ToListAsync(cancellationToken);

    // Violations whose window is over: those, and no others, someone may have been told of.
    private static async Task<List<CountedDecisions>> DecisionsAsync(
        ConsoleDbContext db, AppealFiguresQuestion question, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from decision in db.Judgements()
            join about in db.Set<Case>() on decision.CaseNumber equals about.Number
            where decision.DecidedAt >= since && decision.UndoUntil < now && decision.Verdict == Verdict.Violation && decision.State != DecisionState.Undone
                && about.Sensitivity != Sensitivity.ChildSafety
                && (question.PolicyId == null || decision.PolicyId == question.PolicyId) && (question.Language == null || about.Language == question.Language)
            group decision by new { decision.PolicyId, about.Language, Automated = decision.DeciderId == null || decision.AutomatedDecision == true } into same
            select new { same.Key, Count = same.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(row => question.Automated is not { } automated || row.Key.Automated == automated)
            .Select(row => new CountedDecisions(row.Key.PolicyId, row.Key.Language, row.Key.Automated, row.Count))];
    }

    private static AppealShare Appealed(IEnumerable<CountedDecisions> decisions, IEnumerable<CountedAppeal> appeals)
    {
        int of = decisions.Sum(row => row.Count);
        return new AppealShare(Math.Min(of, appeals.Where(row => row.Kind == AppealKind.Appeal && row.Recent).Select(row => row.DecisionId).Distinct().Count()), of);
    }

    private static AppealShare Overturned(IEnumerable<CountedAppeal> appeals)
    {
        CountedAppeal[] judged = [.. appeals.Where(row => row.Judged)];
        return new AppealShare(judged.Count(row => row.Granted), judged.Length);
    }

    private static AppealPart[] Parts(
        List<CountedDecisions> decisions, List<CountedAppeal> appeals, Func<CountedDecisions, string?> of, Func<CountedAppeal, string?> by, Func<string?, string?> name) =>
    [
        .. decisions.Select(of).Union(appeals.Select(by)).Select(key => new AppealPart(
            key, name(key), Appealed(decisions.Where(row => of(row) == key), appeals.Where(row => by(row) == key)), Overturned(appeals.Where(row => by(row) == key))))
            .OrderByDescending(part => part.Overturned.Of).ThenByDescending(part => part.Appealed.Of).ThenBy(part => part.Key, StringComparer.Ordinal),
    ];

    private sealed record CountedDecisions(string? PolicyId, string? Language, bool Automated, int Count);

    private sealed record CountedAppeal(
        Guid DecisionId, AppealKind Kind, string? PolicyId, string? Language, bool Automated, bool Recent, bool Judged, bool Granted,
        DateTimeOffset ReceivedAt, DateTimeOffset DueAt, DateTimeOffset? AnsweredAt);
}
