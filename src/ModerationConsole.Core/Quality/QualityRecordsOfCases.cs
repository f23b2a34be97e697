using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Trials;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Quality;

/// <summary>Samples, golden cases, calibration, coaching and trials of policies about cases. Counts of days stay: they name nobody.</summary>
internal sealed class QualityRecordsOfCases : ICaseRecords
{
    public int Floor => 8;

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = scope.Db;
        await db.Set<TrialJudgement>().Where(row => TrialOf(db, cases).Any(one => one.Id == row.TrialCaseId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await TrialOf(db, cases).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<CoachingNote>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<CalibrationVote>().Where(row => CalibrationOf(db, cases).Any(one => one.Id == row.CalibrationCaseId))
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await CalibrationOf(db, cases).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<GoldenAnswer>().Where(row => GoldenOf(db, cases).Any(one => one.Id == row.GoldenId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await GoldenOf(db, cases).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await DisputesOf(db, cases).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await SamplesOf(db, cases).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    // What people here wrote may quote what users wrote.
    public async Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = scope.Db;
        await db.Set<CoachingNote>().Where(row => cases.Contains(row.CaseNumber))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, ""), cancellationToken).ConfigureAwait(false);
        await CalibrationOf(db, cases).ExecuteUpdateAsync(set => set.SetProperty(row => row.Notes, ""), cancellationToken).ConfigureAwait(false);
        await GoldenOf(db, cases).ExecuteUpdateAsync(set => set.SetProperty(row => row.Note, (string?)null), cancellationToken).ConfigureAwait(false);
        await DisputesOf(db, cases)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, "").SetProperty(row => row.Reason, (string?)null), cancellationToken).ConfigureAwait(false);
        await SamplesOf(db, cases).ExecuteUpdateAsync(set => set.SetProperty(row => row.Explanation, (string?)null), cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<TrialCase> TrialOf(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<TrialCase>().Where(row => cases.Contains(row.CaseNumber));

    private static IQueryable<CalibrationCase> CalibrationOf(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<CalibrationCase>().Where(row => cases.Contains(row.CaseNumber));

    private static IQueryable<GoldenCase> GoldenOf(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<GoldenCase>().Where(row => cases.Contains(row.CaseNumber));

    private static IQueryable<QualitySample> SamplesOf(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<QualitySample>().Where(row => cases.Contains(row.CaseNumber));

    private static IQueryable<Dispute> DisputesOf(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<Dispute>().Where(row => SamplesOf(db, cases).Any(one => one.Id == row.SampleId));
}
