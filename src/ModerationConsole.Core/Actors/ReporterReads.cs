using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Core.Actors;

/// <summary>What is known of those who reported a case.</summary>
internal static class ReporterReads
{
    // The newest are looked at, however many there are: the word of hundreds needs no weighing.
    private const int Most = 50;

    /// <summary>What the reporters of a case add to its priority, see <see cref="ReporterWeight"/>.</summary>
    public static async Task<int> ReporterWeightAsync(this WriteScope scope, Case about, CancellationToken cancellationToken)
    {
        // A report of this operation is not stored yet.
        List<(string TypeId, string Id)> reporters = [.. scope.Db.ChangeTracker.Entries<Report>()
            .Where(entry => entry.State == EntityState.Added && entry.Entity.CaseNumber == about.Number).Select(entry => (entry.Entity.ReporterTypeId, entry.Entity.ReporterId))];
        if (reporters.Count == 0)
        {
            return 0;
        }

        if (about.CaseVersion > 1 || !scope.Db.ChangeTracker.Entries<Case>().Any(entry => entry.Entity == about && entry.Entity.OpenedAt == scope.Now))
        {
            var before = await scope.Db.Set<Report>().Where(row => row.CaseNumber == about.Number).OrderByDescending(row => row.ReceivedAt).Take(Most)
                .Select(row => new { row.ReporterTypeId, row.ReporterId }).ToListAsync(cancellationToken).ConfigureAwait(false);
            reporters.AddRange(before.Select(row => (row.ReporterTypeId, row.ReporterId)));
        }

        (string TypeId, string Id)[] people = [.. reporters.Distinct()];
        Dictionary<(string TypeId, string Id), ReporterRecord> records = await DeskReporters.RecordsAsync(
            scope.Db, [.. people.Select(one => one.Id).Distinct()], scope.Now, Instant.Never, about.Number, seesChildSafety: false, cancellationToken).ConfigureAwait(false);
        return ReporterWeight.Of([.. people.Select(one => records.GetValueOrDefault(one, ReporterRecord.None).Standing)]);
    }
}
