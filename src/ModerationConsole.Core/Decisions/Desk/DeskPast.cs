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
        from report in reading.Db.Set<Report>().AsNoTracking()
        where report.CaseNumber == reading.Case.Number
        join policy in reading.Db.Set<Policy>() on report.PolicyId equals policy.Id into policies
        from policy in policies.DefaultIfEmpty()
        orderby report.ReportedAt descending, report.Id descending
        select new DeskReport(
            report.Id, report.PolicyId, policy == null ? report.PolicyId : policy.Name, report.Reason, report.ChildSafety, report.ReporterId, report.ReportedAt)
        {
            ReporterTypeId = report.ReporterTypeId,
        })
        .Take(MostReports).ToListAsync(cancellationToken);

    public static async Task<IReadOnlyList<DeskEvent>> EventsAsync(DeskReading reading, CancellationToken cancellationToken)
    {
        // The newest, if there are very many, shown in the order in which they happened.
        var events = await (
            from happened in reading.Db.Set<CaseEvent>().AsNoTracking()
            where happened.CaseNumber == reading.Case.Number
            join person in reading.Db.Set<Moderator>() on happened.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            join decision in reading.Db.Set<Decision>() on happened.SubjectId equals decision.Id into decisions
            from decision in decisions.DefaultIfEmpty()
            join policy in reading.Db.Set<Policy>() on decision.PolicyId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            orderby happened.Sequence descending
            select new DeskEvent(
                happened.At, happened.Kind, happened.CaseVersion, person == null ? null : person.DisplayName, happened.Text,
                decision == null ? null : decision.Verdict, policy == null ? null : policy.Name))
            .Take(MostEvents).ToListAsync(cancellationToken).ConfigureAwait(false);
        events.Reverse();
        return events;
    }

    public static async Task<IReadOnlyList<DeskDecision>> DecisionsAsync(DeskReading reading, CancellationToken cancellationToken) => await (
        from decision in reading.Db.Set<Decision>().AsNoTracking()
        join about in reading.Db.Set<Case>() on decision.CaseNumber equals about.Number
        join item in reading.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
        where item.ItemId == reading.Item.ItemId && item.TypeId == reading.Item.TypeId && decision.State != DecisionState.Undone
            && (reading.SeesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
        join policy in reading.Db.Set<Policy>() on decision.PolicyId equals policy.Id into policies
        from policy in policies.DefaultIfEmpty()
        join person in reading.Db.Set<Moderator>() on decision.DeciderId equals person.Id into people
        from person in people.DefaultIfEmpty()
        orderby decision.DecidedAt descending
        select new DeskDecision(
            decision.DecidedAt, decision.Verdict, decision.State, policy == null ? null : policy.Name, policy == null ? null : policy.Code,
            person == null ? null : person.DisplayName, decision.ReasonForUser, decision.InternalNote, decision.CaseNumber == reading.Case.Number))
        .Take(MostDecisions).ToListAsync(cancellationToken).ConfigureAwait(false);
}
