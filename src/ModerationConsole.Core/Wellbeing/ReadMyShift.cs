using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>A break of today; one that goes on has no end.</summary>
public sealed record BreakTaken(DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>Limits as they apply to a person.</summary>
public sealed record LimitsShown(TimeSpan PerShift, TimeSpan PerDay, TimeSpan AtAStretch, TimeSpan Pause, TimeSpan LastPart, TimeSpan FromFirstClaim);

/// <summary>Shift hours as they apply to a person.</summary>
public sealed record HoursShown(TimeOnly From, TimeOnly To, ShiftDays Days, string TimeZone);

/// <summary>A check-in's answers, each from 1 to 5.</summary>
public sealed record CheckInAnswers(int Mood, int Distance, int Control);

/// <summary>A person's shift, for their own eyes.</summary>
/// <param name="Worked">Since the first case of the shift, breaks taken off; waiting for work counts as work.</param>
/// <param name="Revealed">How long media was shown to them above the blurred still in this shift.</param>
/// <param name="RevealedInDay">In the last 24 hours.</param>
/// <param name="Breaks">Of this shift, oldest first.</param>
/// <param name="NoSevereUntil">No severe case before this, at their own wish; null when that is over.</param>
/// <param name="OptOuts">Ids of policies that they opted out of.</param>
/// <param name="CheckIn">Today's check-in, if there was one.</param>
public sealed record MyShift(
    SevereReading Reading, DateTimeOffset? Since, TimeSpan Worked, TimeSpan Revealed, TimeSpan RevealedInDay, IReadOnlyList<BreakTaken> Breaks,
    DateTimeOffset? NoSevereUntil, IReadOnlyList<string> OptOuts, LimitsShown Limits, HoursShown? Hours, CheckInAnswers? CheckIn);

/// <summary>The caller's own shift: meters, breaks and wishes. There is no way to ask it of anybody else.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class ReadMyShift(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, ExposureLedger ledger, TimeProvider clock) : IUseCase
{
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);

    /// <summary>Reads it.</summary>
    public async Task<MyShift> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadMyShift>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Exposure exposure = await ledger.ReadAsync(new ReadAhead(db), caller.Id, now, cancellationToken).ConfigureAwait(false);
            DateTimeOffset since = exposure.Reading.ShiftSince ?? exposure.Worked ?? now;
            List<SevereSpan> looks = await LooksAsync(db, caller.Id, now, cancellationToken).ConfigureAwait(false);
            List<BreakTaken> breaks = await BreaksAsync(db, caller.Id, since, cancellationToken).ConfigureAwait(false);
            DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
            CheckInAnswers? checkIn = await db.Set<CheckIn>().Where(row => row.PersonId == caller.Id && row.Day == today)
                .Select(row => new CheckInAnswers(row.Mood, row.Distance, row.Control)).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            TimeSpan rested = breaks.Aggregate(TimeSpan.Zero, (sum, taken) => sum + new SevereSpan(taken.Since, taken.Until ?? now).After(exposure.Worked ?? now));
            ShiftLimits limits = exposure.Limits;
            return new MyShift(
                exposure.Reading, exposure.Worked, exposure.Worked is { } began ? now - began - rested : TimeSpan.Zero, Sum(looks, since), Sum(looks, now - s_day),
                breaks, exposure.NoSevereUntil is { } until && until > now ? until : null, exposure.OptOuts,
                new LimitsShown(limits.PerShift, limits.PerDay, limits.AtAStretch, limits.Pause, limits.LastPart, limits.FromFirstClaim),
                exposure.Hours is { } hours ? new HoursShown(hours.From, hours.To, hours.Days, hours.Zone.Id) : null,
                checkIn);
        }
    }

    // Steps of one picture and pictures side by side are looked at together: what overlaps counts once.
    private static async Task<List<SevereSpan>> LooksAsync(ConsoleDbContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset earliest = now - s_day;
        var reveals = await (
            from reveal in db.Set<MediaReveal>()
            join end in db.Set<MediaRevealEnd>() on reveal.Id equals end.RevealId into ends
            from end in ends.DefaultIfEmpty()
            where reveal.PersonId == personId && reveal.RevealedAt >= earliest
            orderby reveal.RevealedAt
            select new { reveal.RevealedAt, reveal.ExpiresAt, EndedAt = (DateTimeOffset?)end.EndedAt }).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        List<SevereSpan> looks = [];
        foreach (var reveal in reveals)
        {
            DateTimeOffset until = reveal.EndedAt ?? (reveal.ExpiresAt < now ? reveal.ExpiresAt : now);
            if (looks.Count > 0 && reveal.RevealedAt <= looks[^1].Until)
            {
                looks[^1] = looks[^1] with { Until = until > looks[^1].Until ? until : looks[^1].Until };
            }
            else
            {
                looks.Add(new SevereSpan(reveal.RevealedAt, until));
            }
        }

        return looks;
    }

    private static async Task<List<BreakTaken>> BreaksAsync(ConsoleDbContext db, Guid personId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        List<BreakTaken> breaks = await db.Set<PastBreak>().Where(row => row.PersonId == personId && row.Until > since)
            .OrderBy(row => row.Since).Select(row => new BreakTaken(row.Since, row.Until)).ToListAsync(cancellationToken).ConfigureAwait(false);
        Rest? now = await db.Set<Rest>().AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == personId && row.Kind == RestKind.Break, cancellationToken).ConfigureAwait(false);
        return now is null ? breaks : [.. breaks, new BreakTaken(now.Since, null)];
    }

    private static TimeSpan Sum(List<SevereSpan> looks, DateTimeOffset from) => looks.Aggregate(TimeSpan.Zero, (sum, look) => sum + look.After(from));
}
