using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Days of a week on which shifts begin.</summary>
[Flags]
public enum ShiftDays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    Workdays = Monday | Tuesday | Wednesday | Thursday | Friday,
    All = Workdays | Saturday | Sunday,
}

/// <summary>Shift hours and limits of a team or a person; what is not set falls back on the team's, then on the settings of the console.</summary>
public sealed class ShiftPlan : IVersioned
{
    /// <summary>The team or person it is for.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Whether that is a team.</summary>
    public bool IsTeam { get; init; }

    /// <summary>Most severe content a shift, minutes.</summary>
    public int? SeverePerShift { get; set; }

    /// <summary>Most severe content in 24 hours, minutes.</summary>
    public int? SeverePerDay { get; set; }

    /// <summary>Most severe content without a pause, minutes.</summary>
    public int? SevereAtAStretch { get; set; }

    /// <summary>When shifts begin, local time; null for no hours.</summary>
    public TimeOnly? From { get; set; }

    /// <summary>When they end, local time; before <see cref="From"/> means on the next day.</summary>
    public TimeOnly? To { get; set; }

    /// <summary>Days on which they begin.</summary>
    public ShiftDays Days { get; set; } = ShiftDays.All;

    /// <summary>IANA zone of the hours.</summary>
    public string TimeZone { get; set; } = "";

    /// <inheritdoc />
    public long Version { get; set; }

    internal ShiftHours? Hours => From is { } from && To is { } to ? new ShiftHours(from, to, Days, ShiftHours.ZoneOf(TimeZone)) : null;
}

internal sealed class ShiftPlanConfiguration : IEntityTypeConfiguration<ShiftPlan>
{
    public void Configure(EntityTypeBuilder<ShiftPlan> builder)
    {
        builder.ToTable("wellbeing_shift_plan");
        builder.HasKey(row => row.SubjectId);
        builder.Property(row => row.SubjectId).ValueGeneratedNever();
        builder.Property(row => row.Days).HasConversion<int>();
        builder.Property(row => row.TimeZone).HasMaxLength(TextLength.Id);
    }
}

/// <summary>A shift as planned, UTC.</summary>
internal readonly record struct PlannedShift(DateTimeOffset Start, DateTimeOffset End);

/// <summary>Hours at which a person works.</summary>
internal sealed record ShiftHours(TimeOnly From, TimeOnly To, ShiftDays Days, TimeZoneInfo Zone)
{
    private const int DaysAround = 8;

    /// <summary>The shift that runs at a time; null between shifts.</summary>
    public PlannedShift? At(DateTimeOffset now) => Around(now).Where(shift => shift.Start <= now && now < shift.End).Cast<PlannedShift?>().FirstOrDefault();

    /// <summary>The last shift that has begun.</summary>
    public PlannedShift? Last(DateTimeOffset now) => Around(now).Where(shift => shift.Start <= now).Cast<PlannedShift?>().LastOrDefault();

    /// <summary>When the next one begins.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) => Around(now).Where(shift => shift.Start > now).Select(shift => (DateTimeOffset?)shift.Start).FirstOrDefault();

    public static TimeZoneInfo ZoneOf(string id) => id.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;

    private IEnumerable<PlannedShift> Around(DateTimeOffset now)
    {
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        for (int day = -DaysAround; day <= DaysAround; day++)
        {
            DateOnly date = today.AddDays(day);
            if (Days.HasFlag(Flag(date.DayOfWeek)))
            {
                yield return new PlannedShift(Instant(date, From), Instant(To > From ? date : date.AddDays(1), To));
            }
        }
    }

    private DateTimeOffset Instant(DateOnly date, TimeOnly time)
    {
        DateTime local = date.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    // Sunday is 0 there and last here.
    private static ShiftDays Flag(DayOfWeek day) => (ShiftDays)(1 << (((int)day + 6) % 7));
}
