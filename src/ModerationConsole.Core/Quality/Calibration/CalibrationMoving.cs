using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>What came of moving a session on.</summary>
public enum MoveCalibrationOutcome
{
    Moved,

    /// <summary>There is none of that id.</summary>
    NotFound,

    /// <summary>It does not stand where that would follow.</summary>
    NotNow,

    /// <summary>Too few of its cases can still be shown.</summary>
    TooFewCases,

    /// <summary>One of its people works no queue in which they could be asked, or may not review any more.</summary>
    PersonWithoutQueue,

    /// <summary>Votes are missing, and it was not said to go on without them.</summary>
    VotesMissing,
}

/// <summary>The answer.</summary>
/// <param name="Missing">How many votes of the round were not given.</param>
public sealed record MoveCalibrationResult(MoveCalibrationOutcome Outcome, int Missing = 0);

/// <summary>
/// Moves sessions on. The move is one write; asking for votes and taking tasks back follow person by person, so that nobody who
/// decides waits for it. What a crash leaves undone, <see cref="TendCalibrations"/> does.
/// </summary>
public sealed class CalibrationMoving(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard)
{
    private const int AtOnce = 20;

    internal async Task<MoveCalibrationResult> MoveAsync(
        Caller caller, Guid sessionId, CalibrationState next, IReadOnlyCollection<CalibrationState> from, bool early, CancellationToken cancellationToken)
    {
        Dictionary<Guid, IReadOnlySet<Permission>> people = await PeopleAsync(sessionId, cancellationToken).ConfigureAwait(false);
        MoveCalibrationResult result = await writes.RunAsync(
            (scope, token) => MoveAsync(scope, caller, sessionId, next, from, early, people, token), cancellationToken).ConfigureAwait(false);
        if (result.Outcome == MoveCalibrationOutcome.Moved)
        {
            await TendAsync(sessionId, people, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Withdraws what is not wanted any more and asks for what is.</summary>
    internal async Task TendAsync(Guid sessionId, CancellationToken cancellationToken) =>
        await TendAsync(sessionId, await PeopleAsync(sessionId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task TendAsync(Guid sessionId, Dictionary<Guid, IReadOnlySet<Permission>> people, CancellationToken cancellationToken)
    {
        while (await writes.RunAsync((scope, token) => scope.WithdrawVotesAsync(sessionId, AtOnce, token), cancellationToken).ConfigureAwait(false) == AtOnce)
        {
        }

        foreach ((Guid person, IReadOnlySet<Permission> permissions) in people)
        {
            await writes.RunAsync((scope, token) => scope.AskAsync(sessionId, person, permissions, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<MoveCalibrationResult> MoveAsync(
        WriteScope scope, Caller caller, Guid sessionId, CalibrationState next, IReadOnlyCollection<CalibrationState> from, bool early,
        Dictionary<Guid, IReadOnlySet<Permission>> people, CancellationToken cancellationToken)
    {
        CalibrationSession? session = await scope.Db.Set<CalibrationSession>().SingleOrDefaultAsync(row => row.Id == sessionId, cancellationToken).ConfigureAwait(false);
        if (session is null || !from.Contains(session.State))
        {
            return new MoveCalibrationResult(session is null ? MoveCalibrationOutcome.NotFound : MoveCalibrationOutcome.NotNow);
        }

        int missing = await MissingAsync(scope.Db, session, people.Count, cancellationToken).ConfigureAwait(false);
        if (missing > 0 && !early)
        {
            return new MoveCalibrationResult(MoveCalibrationOutcome.VotesMissing, missing);
        }

        if (CalibrationTasks.RoundOf(next) is not null && await RefusalAsync(scope, session, people, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return new MoveCalibrationResult(refusal);
        }

        session.GoTo(next, scope.Now);
        scope.Record(caller, AuditAct.CalibrationMoved, subject: sessionId.ToString(), details: new Dictionary<string, object?>
        {
            ["missing"] = missing,
            ["state"] = next.ToString(),
        });
        foreach (Guid person in people.Keys)
        {
            await scope.TellAsync(person, InboxKind.CalibrationMoved, $"calibration:{sessionId}", cancellationToken, subject: sessionId.ToString()).ConfigureAwait(false);
        }

        return new MoveCalibrationResult(MoveCalibrationOutcome.Moved, missing);
    }

    /// <summary>Votes of the round that goes on which are still missing.</summary>
    private static async Task<int> MissingAsync(ConsoleDbContext db, CalibrationSession session, int people, CancellationToken cancellationToken)
    {
        if (CalibrationTasks.RoundOf(session.State) is not { } round)
        {
            return 0;
        }

        IQueryable<CalibrationCase> cases = CalibrationTasks.Shown(db).Where(row => row.SessionId == session.Id);
        int wanted = people * await cases.CountAsync(cancellationToken).ConfigureAwait(false);
        return wanted - await db.Set<CalibrationVote>()
            .CountAsync(row => row.Round == round && row.VotedAt != null && cases.Any(one => one.Id == row.CalibrationCaseId), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<MoveCalibrationOutcome?> RefusalAsync(
        WriteScope scope, CalibrationSession session, Dictionary<Guid, IReadOnlySet<Permission>> people, CancellationToken cancellationToken)
    {
        if (await CalibrationTasks.Shown(scope.Db).CountAsync(row => row.SessionId == session.Id, cancellationToken).ConfigureAwait(false) < CalibrationSession.FewestCases)
        {
            return MoveCalibrationOutcome.TooFewCases;
        }

        foreach ((Guid id, IReadOnlySet<Permission> permissions) in people)
        {
            if (!permissions.Contains(Permission.ReviewCases)
                || await Reviewer.FindAsync(scope.Reads, id, permissions, cancellationToken).ConfigureAwait(false) is not { } person
                || !await CalibrationTasks.HasQueueAsync(scope.Db, person, cancellationToken).ConfigureAwait(false))
            {
                return MoveCalibrationOutcome.PersonWithoutQueue;
            }
        }

        return null;
    }

    private async Task<Dictionary<Guid, IReadOnlySet<Permission>>> PeopleAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        List<Guid> ids;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            ids = await db.Set<CalibrationPerson>().Where(row => row.SessionId == sessionId).Select(row => row.PersonId).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        Dictionary<Guid, IReadOnlySet<Permission>> people = [];
        foreach (Guid id in ids)
        {
            people[id] = await guard.PermissionsOfAsync(Caller.Person(id), cancellationToken).ConfigureAwait(false);
        }

        return people;
    }
}
