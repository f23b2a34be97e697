using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>Asks for votes that a crash left unasked, and withdraws those about cases that are gone.</summary>
public sealed class TendCalibrations(
    IDbContextFactory<ConsoleDbContext> contexts, CalibrationMoving moving, NodeDuties nodes, TimeProvider clock, ILogger<TendCalibrations> log)
    : PeriodicWork(TimeSpan.FromMinutes(1), nodes, clock, log)
{
    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        List<Guid> sessions;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<CalibrationVote> left = CalibrationTasks.Left(db);
            sessions = await db.Set<CalibrationSession>()
                .Where(session => session.State != CalibrationState.Draft
                    && (db.Set<CalibrationCase>().Any(shown => shown.SessionId == session.Id && left.Any(vote => vote.CalibrationCaseId == shown.Id))
                        || (session.State == CalibrationState.Voting && Unasked(db, 1).Contains(session.Id))
                        || (session.State == CalibrationState.VotingAgain && Unasked(db, 2).Contains(session.Id))))
                .Select(session => session.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (Guid session in sessions)
        {
            await moving.TendAsync(session, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IQueryable<Guid> Unasked(ConsoleDbContext db, int round) =>
        from shown in CalibrationTasks.Shown(db)
        join person in db.Set<CalibrationPerson>() on shown.SessionId equals person.SessionId
        where !db.Set<CalibrationVote>().Any(vote => vote.CalibrationCaseId == shown.Id && vote.PersonId == person.PersonId && vote.Round == round)
        select shown.SessionId;
}
