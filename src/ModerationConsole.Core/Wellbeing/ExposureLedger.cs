using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>What is known of one person's exposure at a moment.</summary>
/// <param name="Worked">When the shift's first case was drawn; null between shifts.</param>
internal sealed record Exposure(
    SevereReading Reading, IReadOnlyList<SevereSpan> Spans, ShiftLimits Limits, ShiftHours? Hours, DateTimeOffset? Worked,
    DateTimeOffset? NoSevereUntil, IReadOnlyList<string> OptOuts);

/// <summary>Reads one person's meter of severe content, for the router and for themselves.</summary>
public sealed class ExposureLedger(IOptions<WellbeingOptions> options, ExposureClock clock)
{
    // A shift of which more than a day has passed began before what any limit looks at.
    private static readonly TimeSpan s_lookBack = TimeSpan.FromHours(48);

    internal async Task<Exposure> ReadAsync(ConsoleDbContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await (
            from person in db.Set<Moderator>()
            join wish in db.Set<OwnWishes>() on person.Id equals wish.PersonId into wishes
            from wish in wishes.DefaultIfEmpty()
            join plan in db.Set<ShiftPlan>() on person.Id equals plan.SubjectId into plans
            from plan in plans.DefaultIfEmpty()
            join team in db.Set<ShiftPlan>() on person.TeamId equals team.SubjectId into teams
            from team in teams.DefaultIfEmpty()
            where person.Id == personId
            select new
            {
                Wishes = wish,
                Own = plan,
                Team = team,
                // Shifts follow one another, so that both are of the last one.
                Started = db.Set<WorkShift>().Where(row => row.PersonId == personId).Max(row => (DateTimeOffset?)row.StartedAt),
                Seen = db.Set<WorkShift>().Where(row => row.PersonId == personId).Max(row => (DateTimeOffset?)row.SeenAt),
            }).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset since = now - s_lookBack;
        List<SevereTime> rows = await db.Set<SevereTime>().AsNoTracking()
            .Where(row => row.PersonId == personId && row.Until >= since).OrderBy(row => row.Since).ToListAsync(cancellationToken).ConfigureAwait(false);
        SevereSpan[] spans = [.. rows.Select(row => new SevereSpan(row.Since, row.UntilAt(now, clock.Reach)))];
        ShiftHours? hours = known?.Own?.Hours ?? known?.Team?.Hours;
        DateTimeOffset? firstClaim = now - known?.Seen <= ExposureClock.BetweenShifts ? known?.Started : null;
        SevereFacts facts = new(spans, ShiftLimits.Of(options.Value, known?.Team, known?.Own), hours, firstClaim, known?.Wishes?.NoSevereUntil);
        return new Exposure(SevereMeter.Read(facts, now), spans, facts.Limits, hours, firstClaim, facts.NoSevereUntil, List(known?.Wishes?.OptOuts));
    }

    internal static string[] List(string? ids) => (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
}
