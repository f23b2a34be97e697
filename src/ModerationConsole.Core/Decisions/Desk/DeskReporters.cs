using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>How the earlier reports of this case's reporters were judged: one query, however many they are.</summary>
internal static class DeskReporters
{
    // Who was right long ago may have changed since, and a habitual reporter's whole life need not be counted.
    private static readonly TimeSpan s_window = TimeSpan.FromDays(180);

    public static async Task<IReadOnlyList<DeskReport>> WithRecordsAsync(
        DeskReading reading, IReadOnlyList<DeskReport> reports, CancellationToken cancellationToken)
    {
        string[] ids = [.. reports.Select(report => report.ReporterId).Distinct(StringComparer.Ordinal)];
        if (ids.Length == 0)
        {
            return reports;
        }

        Dictionary<(string, string), ReporterRecord> records = await RecordsAsync(
            reading.Db, ids, reading.Then?.At ?? reading.Now, reading.AsOf, reading.Case.Number, reading.SeesChildSafety, cancellationToken).ConfigureAwait(false);
        return [.. reports.Select(report => report with { Record = records.GetValueOrDefault((report.ReporterTypeId, report.ReporterId), ReporterRecord.None) })];
    }

    /// <summary>How the reports of these accounts were judged, in the half year before a time.</summary>
    /// <param name="before">Decisions as late as this are left out, UTC.</param>
    /// <param name="except">A case that is left out.</param>
    internal static async Task<Dictionary<(string TypeId, string Id), ReporterRecord>> RecordsAsync(
        ConsoleDbContext db, string[] ids, DateTimeOffset now, DateTimeOffset before, long except, bool seesChildSafety, CancellationToken cancellationToken)
    {
        DateTimeOffset since = now - s_window;
        var counts = await (
            from report in db.Set<Report>()
            join about in db.Set<Case>() on report.CaseNumber equals about.Number
            join decision in db.Set<Decision>() on about.DecisionId equals decision.Id
            where ids.Contains(report.ReporterId) && report.ReceivedAt >= since && about.Number != except && decision.DecidedAt < before
                && decision.State == DecisionState.Effective && decision.Verdict != Verdict.CannotReview
                // A count that held child-safety cases would tell of them to people who may not know.
                && (seesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
            group report.CaseNumber by new { report.ReporterTypeId, report.ReporterId, decision.Verdict } into judged
            select new { judged.Key, Cases = judged.Distinct().Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return counts.GroupBy(row => (row.Key.ReporterTypeId, row.Key.ReporterId)).ToDictionary(
            rows => rows.Key,
            rows => new ReporterRecord(rows.Where(row => row.Key.Verdict == Verdict.Violation).Sum(row => row.Cases), rows.Sum(row => row.Cases)));
    }
}
