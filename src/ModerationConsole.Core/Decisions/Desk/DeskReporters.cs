using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;

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

        DateTimeOffset since = (reading.Then?.At ?? reading.Now) - s_window;
        var counts = await (
            from report in reading.Db.Set<Report>()
            join about in reading.Db.Set<Case>() on report.CaseNumber equals about.Number
            join decision in reading.Db.Set<Decision>() on about.DecisionId equals decision.Id
            where ids.Contains(report.ReporterId) && report.ReceivedAt >= since && about.Number != reading.Case.Number && decision.DecidedAt < reading.AsOf
                && decision.State == DecisionState.Effective && decision.Verdict != Verdict.CannotReview
                // A count that held child-safety cases would tell of them to people who may not know.
                && (reading.SeesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
            group report.CaseNumber by new { report.ReporterTypeId, report.ReporterId, decision.Verdict } into judged
            select new { judged.Key, Cases = judged.Distinct().Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<(string, string), ReporterRecord> records = counts.GroupBy(row => (row.Key.ReporterTypeId, row.Key.ReporterId)).ToDictionary(
            rows => rows.Key,
            rows => new ReporterRecord(rows.Where(row => row.Key.Verdict == Verdict.Violation).Sum(row => row.Cases), rows.Sum(row => row.Cases)));
        return [.. reports.Select(report => report with { Record = records.GetValueOrDefault((report.ReporterTypeId, report.ReporterId), ReporterRecord.None) })];
    }
}
