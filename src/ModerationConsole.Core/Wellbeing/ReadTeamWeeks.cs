using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>A team's figures of one week; each is null where it would tell of single people.</summary>
/// <param name="Week">The Monday it began on, UTC.</param>
/// <param name="SevereMinutes">Severe content a person, to ten minutes.</param>
/// <param name="Breaks">Breaks a person, to halves.</param>
/// <param name="CheckIn">Average answers of those who checked in, to halves.</param>
public sealed record TeamWeek(string Team, DateOnly Week, int? SevereMinutes, double? Breaks, TeamCheckIn? CheckIn);

/// <summary>Average answers, from 1 to 5.</summary>
public sealed record TeamCheckIn(double Mood, double Distance, double Control);

/// <summary>
/// Weekly group figures of the teams that the caller leads. Who belonged to a team is fixed by the week, only whole weeks are
/// told, and a figure is withheld where fewer than five people stand behind it or would be left beside it.
/// </summary>
[Requires(Permission.ViewTeamWellbeing)]
public sealed class ReadTeamWeeks(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>The fewest people that a figure may tell of.</summary>
    public const int Fewest = 5;

    private const int Weeks = 8;
    private const int DaysOfWeek = 7;

    /// <summary>Reads the last whole weeks, newest first.</summary>
    public async Task<IReadOnlyList<TeamWeek>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadTeamWeeks>(caller, cancellationToken).ConfigureAwait(false);
        DateOnly monday = MondayOf(DateOnly.FromDateTime(clock.Now().UtcDateTime));
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<Team> teams = await db.Set<Team>().AsNoTracking().Where(row => row.LeadId == caller.Id).OrderBy(row => row.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
            List<TeamWeek> all = [];
            for (int back = 1; teams.Count > 0 && back <= Weeks; back++)
            {
                all.AddRange(await WeekAsync(db, teams, monday.AddDays(-DaysOfWeek * back), cancellationToken).ConfigureAwait(false));
            }

            return all;
        }
    }

    /// <summary>Whether a figure of some of a team's people may be told: neither they nor those left beside them are few.</summary>
    internal static bool MayTell(int people, int ofAll) => people >= Fewest && (ofAll - people == 0 || ofAll - people >= Fewest);

    private static async Task<IEnumerable<TeamWeek>> WeekAsync(ConsoleDbContext db, List<Team> teams, DateOnly week, CancellationToken cancellationToken)
    {
        DateTimeOffset from = new(week.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset to = from.AddDays(DaysOfWeek);
        DateOnly end = week.AddDays(DaysOfWeek);
        // Whoever changed teams belongs to the one they began the week in, so that no two groups differ by one person.
        Dictionary<Guid, Guid?> teamOf = (await db.Set<WorkShift>().AsNoTracking().Where(row => row.StartedAt >= from && row.StartedAt < to)
            .OrderBy(row => row.StartedAt).Select(row => new { row.PersonId, row.TeamId }).ToListAsync(cancellationToken).ConfigureAwait(false))
            .GroupBy(row => row.PersonId).ToDictionary(person => person.Key, person => person.First().TeamId);
        Guid[] people = [.. teamOf.Where(person => person.Value is { } team && teams.Exists(one => one.Id == team)).Select(person => person.Key)];
        List<SevereTime> severe = await db.Set<SevereTime>().AsNoTracking()
            .Where(row => people.Contains(row.PersonId) && row.Since >= from && row.Since < to).ToListAsync(cancellationToken).ConfigureAwait(false);
        var breaks = await db.Set<PastBreak>().Where(row => people.Contains(row.PersonId) && row.Since >= from && row.Since < to)
            .GroupBy(row => row.PersonId).Select(person => new { person.Key, Count = person.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        List<CheckIn> checkIns = await db.Set<CheckIn>().AsNoTracking()
            .Where(row => people.Contains(row.PersonId) && row.Day >= week && row.Day < end).ToListAsync(cancellationToken).ConfigureAwait(false);
        return teams.Select(team =>
        {
            HashSet<Guid> members = [.. people.Where(person => teamOf[person] == team.Id)];
            bool told = MayTell(members.Count, members.Count);
            return new TeamWeek(
                team.Name,
                week,
                told ? (int)Math.Round(severe.Where(row => members.Contains(row.PersonId)).Sum(row => (row.Until - row.Since).TotalMinutes) / members.Count / 10) * 10 : null,
                told ? Halves(breaks.Where(row => members.Contains(row.Key)).Sum(row => row.Count) / (double)members.Count) : null,
                Answers([.. checkIns.Where(row => members.Contains(row.PersonId))], members.Count));
        });
    }

    // A person who checked in on several days counts once, with their average.
    private static TeamCheckIn? Answers(List<CheckIn> rows, int members)
    {
        CheckIn[][] people = [.. rows.GroupBy(row => row.PersonId).Select(person => person.ToArray())];
        double Average(Func<CheckIn, int> answer) => Halves(people.Average(person => person.Average(answer)));
        return MayTell(people.Length, members) ? new TeamCheckIn(Average(row => row.Mood), Average(row => row.Distance), Average(row => row.Control)) : null;
    }

    private static double Halves(double value) => Math.Round(value * 2) / 2;

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % DaysOfWeek));
}
