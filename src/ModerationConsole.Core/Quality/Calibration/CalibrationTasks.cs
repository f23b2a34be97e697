using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>Asks people for their votes, and takes back what is not wanted any more.</summary>
internal static class CalibrationTasks
{
    // For as long as a session may go on; nobody else is offered it afterwards either.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(60);

    /// <summary>The round in which people vote at the moment; null while they do not.</summary>
    public static int? RoundOf(CalibrationState state) => state switch
    {
        CalibrationState.Voting => 1,
        CalibrationState.VotingAgain => 2,
        CalibrationState.Draft or CalibrationState.Discussion or CalibrationState.Closed => null,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Cases of a session that may still be shown.</summary>
    public static IQueryable<CalibrationCase> Shown(ConsoleDbContext db) =>
        db.Set<CalibrationCase>().Where(row => db.Set<Case>().MayMeasure().Any(about => about.Number == row.CaseNumber));

    /// <summary>Votes that nobody wants any more though their tasks are open: their round is over, or their case is gone.</summary>
    public static IQueryable<CalibrationVote> Left(ConsoleDbContext db) =>
        from vote in db.Set<CalibrationVote>()
        join shown in db.Set<CalibrationCase>() on vote.CalibrationCaseId equals shown.Id
        join session in db.Set<CalibrationSession>() on shown.SessionId equals session.Id
        join task in db.Set<ReviewTask>() on vote.TaskNumber equals task.Number
        where vote.VotedAt == null && (task.State == TaskState.Waiting || task.State == TaskState.Leased)
            && ((session.State == CalibrationState.Voting && vote.Round != 1)
                || (session.State == CalibrationState.VotingAgain && vote.Round != 2)
                || (session.State != CalibrationState.Voting && session.State != CalibrationState.VotingAgain)
                || !db.Set<Case>().MayMeasure().Any(about => about.Number == shown.CaseNumber))
        select vote;

    /// <summary>Asks one person for the votes of this round that they were not asked for yet.</summary>
    /// <param name="permissions">What the person may do.</param>
    public static async Task<int> AskAsync(
        this WriteScope scope, Guid sessionId, Guid personId, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        CalibrationSession session = await scope.Db.Set<CalibrationSession>().AsNoTracking().SingleAsync(row => row.Id == sessionId, cancellationToken).ConfigureAwait(false);
        Reviewer? person = await Reviewer.FindAsync(scope.Reads, personId, permissions, cancellationToken).ConfigureAwait(false);
        if (RoundOf(session.State) is not { } round || person is null || !permissions.Contains(Permission.ReviewCases))
        {
            return 0;
        }

        List<CalibrationCase> cases = await Shown(scope.Db).AsNoTracking()
            .Where(row => row.SessionId == sessionId && !scope.Db.Set<CalibrationVote>().Any(vote => vote.CalibrationCaseId == row.Id && vote.PersonId == personId && vote.Round == round))
            .OrderBy(row => row.Position).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (CalibrationCase one in cases)
        {
            var judged = await (
                from decision in scope.Db.Set<Decision>()
                join task in scope.Db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
                where decision.Id == one.DecisionId
                select new { decision.CaseVersion, task.QueueId }).SingleAsync(cancellationToken).ConfigureAwait(false);
            if (await QueueForAsync(scope.Db, person, judged.QueueId, cancellationToken).ConfigureAwait(false) is not { } queue)
            {
                return 0;
            }

            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == one.CaseNumber, cancellationToken).ConfigureAwait(false);
            ReviewTask made = await scope.QueueMeasuringAsync(
                Caller.System,
                about,
                new MeasuringOrder(TaskKind.Calibration, one.DecisionId, judged.CaseVersion, queue) { For = personId, KeptUntil = scope.Now + s_kept },
                cancellationToken).ConfigureAwait(false);
            scope.Db.Add(new CalibrationVote { CalibrationCaseId = one.Id, PersonId = personId, Round = round, TaskNumber = made.Number });
        }

        return cases.Count;
    }

    /// <summary>Withdraws some that nobody wants any more; a desk that shows one learns of it. Returns how many.</summary>
    public static async Task<int> WithdrawVotesAsync(this WriteScope scope, Guid sessionId, int most, CancellationToken cancellationToken)
    {
        List<long> numbers = await Left(scope.Db)
            .Where(row => scope.Db.Set<CalibrationCase>().Any(shown => shown.Id == row.CalibrationCaseId && shown.SessionId == sessionId))
            .OrderBy(row => row.TaskNumber).Select(row => row.TaskNumber).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (long number in numbers)
        {
            ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
            await scope.WithdrawTaskAsync(Caller.System, task, cancellationToken).ConfigureAwait(false);
        }

        return numbers.Count;
    }

    /// <summary>Whether someone may work a queue in which votes can be asked for.</summary>
    public static async Task<bool> HasQueueAsync(ConsoleDbContext db, Reviewer person, CancellationToken cancellationToken) =>
        await QueueForAsync(db, person, Guid.Empty, cancellationToken).ConfigureAwait(false) is not null;

    // Amid the work of the case's own queue; where the person does not work that one, amid what they do work.
    private static async Task<Guid?> QueueForAsync(ConsoleDbContext db, Reviewer person, Guid own, CancellationToken cancellationToken) =>
        person.Queues.Contains(own)
            ? own
            : await db.Set<CaseQueue>().Where(row => person.Queues.Contains(row.Id) && row.Kind == QueueKind.Review && !row.Archived)
                .OrderBy(row => row.Name).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
}
