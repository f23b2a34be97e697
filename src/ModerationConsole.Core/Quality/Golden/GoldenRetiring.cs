using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>Takes golden cases, and tasks of them that nobody came for, out of the work.</summary>
internal static class GoldenRetiring
{
    /// <summary>How long a golden case waits for its person.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(7);

    /// <summary>Retires one; what of it still waits is withdrawn, what is on a desk stays there and does not count.</summary>
    public static async Task RetireAsync(this WriteScope scope, Caller caller, GoldenCase golden, GoldenRetirement why, CancellationToken cancellationToken)
    {
        golden.Retire(why, scope.Now);
        scope.Record(caller, AuditAct.GoldenRetired, golden.CaseNumber, subject: golden.Id.ToString(), details: new Dictionary<string, object?> { ["why"] = why.ToString() });
        if (why == GoldenRetirement.StrongReviewersFailed)
        {
            // It was no measure: whoever failed it was not wrong.
            foreach (GoldenAnswer answer in await scope.Db.Set<GoldenAnswer>().Where(row => row.GoldenId == golden.Id).ToListAsync(cancellationToken).ConfigureAwait(false))
            {
                answer.Scored = false;
            }
        }

        // Who is in the middle of one is not disturbed, but for what nobody may see any more.
        TaskState[] open = why == GoldenRetirement.CaseGone ? [TaskState.Waiting, TaskState.Leased] : [TaskState.Waiting];
        await scope.WithdrawGoldenAsync(
            await Unanswered(scope.Db, open).Where(row => row.GoldenId == golden.Id).ToListAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those that wait though their case measures no more, or longer than they should, and those whose task was withdrawn by others.</summary>
    public static IQueryable<GoldenAnswer> Left(ConsoleDbContext db, DateTimeOffset now)
    {
        DateTimeOffset given = now - WaitsFor;
        IQueryable<GoldenCase> retired = db.Set<GoldenCase>().Where(golden => golden.State == GoldenState.Retired);
        return Unanswered(db, [TaskState.Waiting]).Where(row => row.GivenAt <= given || retired.Any(golden => golden.Id == row.GoldenId))
            .Union(Unanswered(db, [TaskState.Withdrawn]));
    }

    /// <summary>Those whose task ended without an answer: it was handed on.</summary>
    public static IQueryable<GoldenAnswer> HandedOn(ConsoleDbContext db) => Unanswered(db, [TaskState.Done]);

    /// <summary>They count neither as passed nor as failed, and are not given to the same people again.</summary>
    public static async Task<int> CloseHandedOnAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        List<GoldenAnswer> open = await HandedOn(scope.Db).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (GoldenAnswer one in open)
        {
            (one.AnsweredAt, one.Scored) = (scope.Now, false);
            long number = await scope.Db.Set<GoldenCase>().Where(row => row.Id == one.GoldenId).Select(row => row.CaseNumber).SingleAsync(cancellationToken).ConfigureAwait(false);
            scope.Record(Caller.System, AuditAct.GoldenAnswered, number, one.TaskNumber, one.GoldenId.ToString(), new Dictionary<string, object?> { ["handedOn"] = true });
        }

        return open.Count;
    }

    /// <summary>Withdraws the tasks of some that were never answered. They may be given to the same people again.</summary>
    public static async Task WithdrawGoldenAsync(this WriteScope scope, IReadOnlyCollection<GoldenAnswer> given, CancellationToken cancellationToken)
    {
        foreach (GoldenAnswer one in given)
        {
            ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == one.TaskNumber, cancellationToken).ConfigureAwait(false);
            if (task.State is TaskState.Waiting or TaskState.Leased)
            {
                await scope.WithdrawTaskAsync(Caller.System, task, cancellationToken).ConfigureAwait(false);
            }

            scope.Db.Remove(one);
        }
    }

    private static IQueryable<GoldenAnswer> Unanswered(ConsoleDbContext db, TaskState[] states) => db.Set<GoldenAnswer>()
        .Where(row => row.AnsweredAt == null && db.Set<ReviewTask>().Any(task => task.Number == row.TaskNumber && states.Contains(task.State)));
}
