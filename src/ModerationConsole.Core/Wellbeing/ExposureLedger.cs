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

    private static readonly Reading<Guid, KnownWorker> s_known = new(async (db, people, cancellationToken) => (await (
        from person in db.Set<Moderator>()
        join wish in db.Set<OwnWishes>() on person.Id equals wish.PersonId into wishes
        from wish in wishes.DefaultIfEmpty()
        join plan in db.Set<ShiftPlan>() on person.Id equals plan.SubjectId into plans
        from plan in plans.DefaultIfEmpty()
        join team in db.Set<ShiftPlan>() on person.TeamId equals team.SubjectId into teams
        from team in teams.DefaultIfEmpty()
        where people.Contains(person.Id)
        select new
        {
            person.Id,
            Wishes = wish,
            Own = plan,
            Team = team,
            // Shifts follow one another, so that both are of the last one.
            Started = db.Set<WorkShift>().Where(row => row.PersonId == person.Id).Max(row => (DateTimeOffset?)row.StartedAt),
            Seen = db.Set<WorkShift>().Where(row => row.PersonId == person.Id).Max(row => (DateTimeOffset?)row.SeenAt),
        }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false))
        .ToDictionary(row => row.Id, row => new KnownWorker(row.Wishes, row.Own, row.Team, row.Started, row.Seen)));

    private static readonly Reading<(Guid PersonId, DateTimeOffset Since), List<SevereTime>> s_severe = new(async (db, asked, cancellationToken) =>
    {
        Guid[] people = [.. asked.Select(key => key.PersonId)];
        DateTimeOffset since = asked.Min(key => key.Since);
        List<SevereTime> rows = await db.Set<SevereTime>().AsNoTracking().Where(row => people.Contains(row.PersonId) && row.Until >= since)
            .OrderBy(row => row.Since).ToListAsync(cancellationToken).ConfigureAwait(false);
        ILookup<Guid, SevereTime> byPerson = rows.ToLookup(row => row.PersonId);
        return asked.ToDictionary(key => key, key => byPerson[key.PersonId].Where(row => row.Until >= key.Since).ToList());
    });

    /// <summary>Asks at once for what is known of these people.</summary>
    internal static async Task ReadAsync(ReadAhead reads, IReadOnlyList<Guid> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await reads.LoadAsync(s_known, people, cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(s_severe, people.Select(person => (person, now - s_lookBack)), cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Exposure> ReadAsync(ReadAhead reads, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        KnownWorker? known = await reads.FindAsync(s_known, personId, cancellationToken).ConfigureAwait(false);
        List<SevereTime> rows = await reads.FindAsync(s_severe, (personId, now - s_lookBack), cancellationToken).ConfigureAwait(false) ?? [];
        SevereSpan[] spans = [.. rows.Select(row => new SevereSpan(row.Since, row.UntilAt(now, clock.Reach)))];
        ShiftHours? hours = known?.Own?.Hours ?? known?.Team?.Hours;
        DateTimeOffset? firstClaim = now - known?.Seen <= ExposureClock.BetweenShifts ? known?.Started : null;
        SevereFacts facts = new(spans, ShiftLimits.Of(options.Value, known?.Team, known?.Own), hours, firstClaim, known?.Wishes?.NoSevereUntil);
        return new Exposure(SevereMeter.Read(facts, now), spans, facts.Limits, hours, firstClaim, facts.NoSevereUntil, List(known?.Wishes?.OptOuts));
    }

    internal static string[] List(string? ids) => (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private sealed record KnownWorker(OwnWishes? Wishes, ShiftPlan? Own, ShiftPlan? Team, DateTimeOffset? Started, DateTimeOffset? Seen);
}
