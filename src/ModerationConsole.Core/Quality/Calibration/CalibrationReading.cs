using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>What is read of sessions in more than one place.</summary>
internal static class CalibrationReading
{
    /// <summary>All for those who run quality; for others the ones in which they vote, once votes are asked for.</summary>
    public static IQueryable<CalibrationSession> ThatMayBeSeen(this IQueryable<CalibrationSession> sessions, ConsoleDbContext db, Caller caller, bool leads) =>
        leads
            ? sessions
            : sessions.Where(session => session.State != CalibrationState.Draft
                && db.Set<CalibrationPerson>().Any(row => row.SessionId == session.Id && row.PersonId == caller.Id));

    /// <summary>How many votes of the round that goes on are given, by all and by one person; none while none does.</summary>
    public static async Task<(int All, int OfPerson)> VotedAsync(ConsoleDbContext db, CalibrationSession session, Guid personId, CancellationToken cancellationToken)
    {
        if (CalibrationTasks.RoundOf(session.State) is not { } round)
        {
            return (0, 0);
        }

        IQueryable<CalibrationVote> given = db.Set<CalibrationVote>().Where(row => row.Round == round && row.VotedAt != null
            && CalibrationTasks.Shown(db).Any(shown => shown.Id == row.CalibrationCaseId && shown.SessionId == session.Id));
        return (
            await given.CountAsync(cancellationToken).ConfigureAwait(false),
            await given.CountAsync(row => row.PersonId == personId, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Rounds whose votes are shown: the first once it is talked about, the second when all is over.</summary>
    public static int[] RoundsShown(CalibrationState state) => state switch
    {
        CalibrationState.Draft or CalibrationState.Voting => [],
        CalibrationState.Discussion or CalibrationState.VotingAgain => [1],
        CalibrationState.Closed => [1, 2],
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
