using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>What led to the case and what happened to it.</summary>
internal static class DeskPast
{
    private const int MostReports = 200;
    private const int MostEvents = 200;
    private const int MostDecisions = 20;

    public static async Task<IReadOnlyList<DeskReport>> ReportsAsync(DeskReading reading, CancellationToken cancellationToken) =>
        await DeskReporters.WithRecordsAsync(reading, await ReportRowsAsync(reading, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static Task<List<DeskReport>> ReportRowsAsync(DeskReading reading, CancellationToken cancellationToken) => (
        from report in Reports(reading)
        join policy in reading.Db.Set<Policy>() on report.PolicyId equals policy.Id into policies
        from policy in policies.DefaultIfEmpty()
        orderby report.ReportedAt descending, report.Id descending
        select new DeskReport(
            report.Id, report.PolicyId, policy == null ? report.PolicyId : policy.Name, report.Reason, report.ChildSafety, report.ReporterId, report.ReportedAt)
        {
            ReporterTypeId = report.ReporterTypeId,
        })
        .Take(MostReports).ToListAsync(cancellationToken);

    private static IQueryable<Report> Reports(DeskReading reading)
    {
        IQueryable<Report> all = reading.Db.Set<Report>().AsNoTracking().Where(report => report.CaseNumber == reading.Case.Number);
        IReadOnlyList<Guid>? seen = reading.Then?.Snapshot.Reports;
        return seen is null ? all : all.Where(report => seen.Contains(report.Id));
    }

    public static async Task<IReadOnlyList<DeskEvent>> EventsAsync(DeskReading reading, CancellationToken cancellationToken)
    {
        // The newest, if there are very many, shown in the order in which they happened.
        Guid? author = reading.Then?.By;
        var events = await (
            from happened in reading.Db.Set<CaseEvent>().AsNoTracking()
            where happened.CaseNumber == reading.Case.Number && happened.At < reading.AsOf && (author == null || happened.PersonId == null || happened.PersonId != author)
            join person in reading.Db.Set<Moderator>() on happened.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            join decision in reading.Db.Set<Decision>() on happened.SubjectId equals decision.Id into decisions
            from decision in decisions.DefaultIfEmpty()
            join policy in reading.Db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            orderby happened.Sequence descending
            select new DeskEvent(
                happened.At, happened.Kind, happened.CaseVersion, person == null ? null : person.DisplayName, happened.Text,
                decision == null ? null : decision.Verdict, policy == null ? null : policy.Name))
            .Take(MostEvents).ToListAsync(cancellationToken).ConfigureAwait(false);
        events.Reverse();
        return events;
    }

    public static async Task<IReadOnlyList<DeskDecision>> DecisionsAsync(DeskReading reading, CancellationToken cancellationToken)
    {
        List<DeskDecisionRow> rows = await (
            from decision in Earlier(reading)
            join policy in reading.Db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            join person in reading.Db.Set<Moderator>() on decision.DeciderId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby decision.DecidedAt descending
            select new DeskDecisionRow(decision.Id, new DeskDecision(
                decision.DecidedAt, decision.Verdict, decision.State, policy == null ? null : policy.Name, policy == null ? null : policy.Code,
                person == null ? null : person.DisplayName, decision.ReasonForUser, decision.InternalNote, decision.CaseNumber == reading.Case.Number)))
            .Take(MostDecisions).ToListAsync(cancellationToken).ConfigureAwait(false);
        // One that was reversed since stood then.
        Dictionary<Guid, DecisionState>? then = reading.Then?.Snapshot.Earlier.ToDictionary(one => one.Id, one => one.State);
        return [.. rows.Select(row => then is null ? row.Shown : row.Shown with { State = then[row.Id] })];
    }

    private static IQueryable<Decision> Earlier(DeskReading reading)
    {
        if (reading.Then is { } then)
        {
            Guid[] seen = [.. then.Snapshot.Earlier.Where(one => one.ItemId == reading.Item.ItemId && one.TypeId == reading.Item.TypeId).Select(one => one.Id)];
            return reading.Db.Set<Decision>().AsNoTracking().Where(decision => seen.Contains(decision.Id));
        }

        return
            from decision in reading.Db.Judgements().AsNoTracking()
            join about in reading.Db.Set<Case>() on decision.CaseNumber equals about.Number
            join item in reading.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where item.ItemId == reading.Item.ItemId && item.TypeId == reading.Item.TypeId && decision.State != DecisionState.Undone
                && (reading.SeesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
            select decision;
    }

    private sealed record DeskDecisionRow(Guid Id, DeskDecision Shown);
}
