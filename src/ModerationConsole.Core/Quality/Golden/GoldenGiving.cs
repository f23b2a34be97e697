using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>Mixes a golden case into a person's work, inside a write.</summary>
internal static class GoldenGiving
{
    private const int MostToChooseFrom = 500;

    /// <summary>Gives one that suits; false where none does.</summary>
    /// <param name="permissions">What the person may do.</param>
    public static async Task<bool> GiveGoldenAsync(this WriteScope scope, GoldenDue due, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        // One at a time: two in a row would stand out, and who is away finds no heap.
        if (await scope.Db.Set<GoldenAnswer>().AnyAsync(row => row.Id == due.AnswerId || (row.PersonId == due.PersonId && row.AnsweredAt == null), cancellationToken).ConfigureAwait(false)
            || await Reviewer.FindAsync(scope.Reads, due.PersonId, permissions, cancellationToken).ConfigureAwait(false) is not { } person
            || !person.Queues.Contains(due.QueueId))
        {
            return false;
        }

        var suitable = await Suitable(scope.Db, person.Id, due.QueueId).OrderByDescending(row => row.MadeAt).ThenBy(row => row.Id).Take(MostToChooseFrom)
            .Join(scope.Db.Set<Case>(), row => row.CaseNumber, about => about.Number, (row, about) => new { row.Id, about.Language })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (due.Choose([.. suitable.Where(row => Reads(person, row.Language)).Select(row => row.Id)]) is not { } chosen)
        {
            return false;
        }

        GoldenCase golden = await scope.Db.Set<GoldenCase>().AsNoTracking().SingleAsync(row => row.Id == chosen, cancellationToken).ConfigureAwait(false);
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == golden.CaseNumber, cancellationToken).ConfigureAwait(false);
        CaseQueue queue = await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == due.QueueId, cancellationToken).ConfigureAwait(false);
        int version = await scope.Db.Set<Decision>().Where(row => row.Id == golden.DecisionId).Select(row => row.CaseVersion).SingleAsync(cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.QueueMeasuringAsync(
            Caller.System,
            about,
            new MeasuringOrder(TaskKind.Golden, golden.DecisionId, version, due.QueueId)
            {
                // What is due like everything else of its queue.
                DueAt = queue.DeadlineMinutes is { } minutes ? scope.Now.AddMinutes(minutes) : Instant.Never,
                For = due.PersonId,
                KeptUntil = scope.Now + GoldenRetiring.WaitsFor,
            },
            cancellationToken).ConfigureAwait(false);
        scope.Db.Add(new GoldenAnswer { Id = due.AnswerId, GoldenId = golden.Id, PersonId = due.PersonId, TaskNumber = task.Number, GivenAt = scope.Now });
        scope.Record(Caller.System, AuditAct.GoldenGiven, golden.CaseNumber, task.Number, golden.Id.ToString());
        return true;
    }

    private static bool Reads(Reviewer person, string? tag) =>
        ReviewLanguage.Of(tag) is not { } language || person.Languages.Count == 0 || person.Languages.Contains(language);

    // Of the same queue, so that it does not stand out, and about a case of which they know nothing.
    private static IQueryable<GoldenCase> Suitable(ConsoleDbContext db, Guid me, Guid queueId)
    {
        IQueryable<Guid> inForce = db.PoliciesInForce();
        IQueryable<Case> cases = db.Set<Case>().MayMeasure().Where(about => about.State != CaseState.Open);
        IQueryable<long> severe = db.Set<Case>().Severe().Select(about => about.Number);
        return
            from golden in db.Set<GoldenCase>()
            join judged in db.Set<Decision>() on golden.DecisionId equals judged.Id
            join task in db.Set<ReviewTask>() on judged.TaskNumber equals task.Number
            where golden.State == GoldenState.Active && task.QueueId == queueId
                && (golden.SevereAskedBy != null || (!golden.Severe && !severe.Any(number => number == golden.CaseNumber)))
                && (golden.PolicyVersionId == null || inForce.Any(id => id == golden.PolicyVersionId))
                && cases.Any(about => about.Number == golden.CaseNumber)
                && golden.MadeBy != me
                && !db.Set<GoldenAnswer>().Any(row => row.GoldenId == golden.Id && row.PersonId == me)
                && !db.Set<Decision>().Any(row => row.CaseNumber == golden.CaseNumber && row.DeciderId == me)
                && !db.Set<CaseComment>().Any(row => row.CaseNumber == golden.CaseNumber && row.PersonId == me)
                && !db.Set<CoachingNote>().Any(row => row.CaseNumber == golden.CaseNumber && (row.ToId == me || row.FromId == me))
                && !db.Set<CalibrationVote>().Any(row => row.PersonId == me
                    && db.Set<CalibrationCase>().Any(shown => shown.Id == row.CalibrationCaseId && shown.CaseNumber == golden.CaseNumber))
            select golden;
    }
}
