using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Quality.Calibration;

/// <summary>A session in a list.</summary>
/// <param name="Wanted">Votes that are asked for in the round that goes on; 0 while none does.</param>
/// <param name="Voted">How many of them are given.</param>
/// <param name="MyLeft">How many of them are wanted of the caller and not given.</param>
public sealed record CalibrationLine(
    Guid Id, string Name, CalibrationState State, DateTimeOffset StateSince, DateTimeOffset MadeAt, string MadeBy, int Cases, int People, int Wanted, int Voted, int MyLeft);

/// <summary>Lists calibration sessions, the newest first: all for those who run quality, their own for those who vote.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ListCalibrations(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Most = 200;

    /// <summary>At most 200 of them.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not review.</exception>
    public async Task<IReadOnlyList<CalibrationLine>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListCalibrations>(caller, cancellationToken).ConfigureAwait(false);
        bool leads = await guard.HasAsync(caller, Permission.RunQuality, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<CalibrationCase> cases = CalibrationTasks.Shown(db);
            var rows = await (
                from session in db.Set<CalibrationSession>().AsNoTracking().ThatMayBeSeen(db, caller, leads)
                join lead in db.Set<Moderator>() on session.MadeBy equals lead.Id
                orderby session.MadeAt descending, session.Id
                select new
                {
                    Session = session,
                    Lead = lead.DisplayName,
                    Cases = cases.Count(row => row.SessionId == session.Id),
                    People = db.Set<CalibrationPerson>().Count(row => row.SessionId == session.Id),
                    Mine = db.Set<CalibrationPerson>().Any(row => row.SessionId == session.Id && row.PersonId == caller.Id),
                }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<CalibrationLine> lines = [];
            foreach (var row in rows)
            {
                (int voted, int mine) = await CalibrationReading.VotedAsync(db, row.Session, caller.Id, cancellationToken).ConfigureAwait(false);
                bool votes = CalibrationTasks.RoundOf(row.Session.State) is not null;
                lines.Add(new CalibrationLine(
                    row.Session.Id, row.Session.Name, row.Session.State, row.Session.StateSince, row.Session.MadeAt, row.Lead, row.Cases, row.People,
                    votes ? row.Cases * row.People : 0, voted, votes && row.Mine ? row.Cases - mine : 0));
            }

            return lines;
        }
    }
}
