namespace ModerationConsole.Core.Wellbeing;

/// <summary>Why a person is offered no severe content at the moment. Their own business.</summary>
public enum SevereHold
{
    None,

    /// <summary>They asked for it.</summary>
    Asked,

    /// <summary>It is not their shift.</summary>
    BetweenShifts,

    /// <summary>The shift comes to its end.</summary>
    EndOfShift,

    /// <summary>The shift's limit is reached.</summary>
    ShiftLimit,

    /// <summary>The limit of any 24 hours is reached.</summary>
    DayLimit,

    /// <summary>It was enough at a stretch; a pause from it is due.</summary>
    PauseDue,
}

/// <summary>Limits that apply to a person.</summary>
internal sealed record ShiftLimits(TimeSpan PerShift, TimeSpan PerDay, TimeSpan AtAStretch, TimeSpan Pause, TimeSpan LastPart, TimeSpan FromFirstClaim)
{
    public static ShiftLimits Of(WellbeingOptions options, ShiftPlan? team, ShiftPlan? person) => new(
        Minutes(person?.SeverePerShift ?? team?.SeverePerShift ?? options.SevereMinutesPerShift),
        Minutes(person?.SeverePerDay ?? team?.SeverePerDay ?? options.SevereMinutesPerDay),
        Minutes(person?.SevereAtAStretch ?? team?.SevereAtAStretch ?? options.SevereMinutesAtAStretch),
        TimeSpan.FromMinutes(options.PauseMinutes),
        TimeSpan.FromMinutes(options.LastMinutesWithoutSevere),
        TimeSpan.FromHours(options.SevereHoursFromFirstClaim));

    // Whatever stands in a row: nothing goes above the maximum.
    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(Math.Min(minutes, WellbeingOptions.MostSevereMinutes));
}

/// <summary>A stretch of severe content.</summary>
internal readonly record struct SevereSpan(DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>How much of it lies at or after a time.</summary>
    public TimeSpan After(DateTimeOffset from) => Until <= from ? TimeSpan.Zero : Until - (Since > from ? Since : from);
}

/// <summary>All that the meter is computed from.</summary>
internal sealed record SevereFacts(IReadOnlyList<SevereSpan> Spans, ShiftLimits Limits, ShiftHours? Hours, DateTimeOffset? FirstClaim, DateTimeOffset? NoSevereUntil);

/// <summary>How much severe content a person has had, and whether they may be offered more.</summary>
/// <param name="Severe">In this shift.</param>
/// <param name="Limit">Of a shift.</param>
/// <param name="InDay">In the last 24 hours.</param>
/// <param name="LimitInDay">Of 24 hours.</param>
/// <param name="Hold">Why none is offered.</param>
/// <param name="HoldUntil">When that is over, UTC; null where nobody can say, or there is none.</param>
/// <param name="ShiftSince">When the shift began, UTC; null between shifts.</param>
/// <param name="ShiftUntil">When it ends, UTC; null where it has no hours.</param>
public sealed record SevereReading(
    TimeSpan Severe, TimeSpan Limit, TimeSpan InDay, TimeSpan LimitInDay, SevereHold Hold, DateTimeOffset? HoldUntil,
    DateTimeOffset? ShiftSince, DateTimeOffset? ShiftUntil);

/// <summary>The rules of the meter of severe content: a pure function of what is known and the time.</summary>
internal static class SevereMeter
{
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);

    public static SevereReading Read(SevereFacts facts, DateTimeOffset now)
    {
        PlannedShift? planned = facts.Hours?.At(now);
        DateTimeOffset? since = facts.Hours is null ? facts.FirstClaim : planned?.Start;
        // Between planned shifts the last one is what people want to see.
        DateTimeOffset counted = since ?? facts.Hours?.Last(now)?.Start ?? now;
        TimeSpan severe = Sum(facts.Spans, counted);
        TimeSpan inDay = Sum(facts.Spans, now - s_day);
        (SevereHold hold, DateTimeOffset? until) = HoldOf(facts, planned, since, severe, inDay, now);
        return new SevereReading(severe, facts.Limits.PerShift, inDay, facts.Limits.PerDay, hold, until, since, planned?.End);
    }

    private static (SevereHold Hold, DateTimeOffset? Until) HoldOf(
        SevereFacts facts, PlannedShift? planned, DateTimeOffset? since, TimeSpan severe, TimeSpan inDay, DateTimeOffset now)
    {
        ShiftLimits limits = facts.Limits;
        DateTimeOffset? next = facts.Hours?.Next(now);
        if (facts.NoSevereUntil is { } asked && now < asked)
        {
            return (SevereHold.Asked, asked);
        }

        if (facts.Hours is not null && planned is null)
        {
            return (SevereHold.BetweenShifts, next);
        }

        DateTimeOffset? last = planned is { } shift ? shift.End - limits.LastPart : since + limits.FromFirstClaim;
        if (now >= last)
        {
            return (SevereHold.EndOfShift, next);
        }

        if (severe >= limits.PerShift)
        {
            return (SevereHold.ShiftLimit, next);
        }

        if (inDay >= limits.PerDay)
        {
            return (SevereHold.DayLimit, BelowAgain(facts.Spans, inDay - limits.PerDay, now));
        }

        (TimeSpan stretch, DateTimeOffset end) = Stretch(facts.Spans, limits.Pause);
        return stretch >= limits.AtAStretch && now < end + limits.Pause ? (SevereHold.PauseDue, end + limits.Pause) : (SevereHold.None, null);
    }

    /// <summary>How much there was since the last pause that was long enough, and when it ended.</summary>
    private static (TimeSpan Length, DateTimeOffset End) Stretch(IReadOnlyList<SevereSpan> spans, TimeSpan pause)
    {
        TimeSpan length = TimeSpan.Zero;
        DateTimeOffset end = DateTimeOffset.MinValue;
        foreach (SevereSpan span in spans.OrderBy(span => span.Since))
        {
            length = span.Since - end >= pause ? span.Until - span.Since : length + (span.Until - span.Since);
            end = span.Until > end ? span.Until : end;
        }

        return (length, end);
    }

    // The oldest leave the 24 hours first; what is left is under the limit once the excess has left, and a moment more.
    private static DateTimeOffset? BelowAgain(IReadOnlyList<SevereSpan> spans, TimeSpan excess, DateTimeOffset now)
    {
        TimeSpan left = excess + TimeSpan.FromSeconds(1);
        foreach (SevereSpan span in spans.OrderBy(span => span.Since))
        {
            TimeSpan counted = span.After(now - s_day);
            if (counted >= left)
            {
                return span.Until - counted + left + s_day;
            }

            left -= counted;
        }

        return null;
    }

    private static TimeSpan Sum(IReadOnlyList<SevereSpan> spans, DateTimeOffset from) =>
        spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.After(from));
}
