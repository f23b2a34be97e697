using System.Globalization;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>What time it is for the person who looks, cascaded by the layout and renewed twice a minute.</summary>
/// <param name="Now">Now, UTC.</param>
/// <param name="Zone">The person's time zone.</param>
public sealed record Moment(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>How far away an instant is, in words: "14 min ago", "in 3 h".</summary>
    public string Relative(DateTimeOffset at)
    {
        TimeSpan away = (at - Now).Duration();
        if (away < TimeSpan.FromMinutes(1))
        {
            return SharedText.JustNow;
        }

        return (at <= Now ? SharedText.TimeAgo : SharedText.TimeAhead).With(Span(away));
    }

    /// <summary>A length of time in its largest unit: "42 min", "3 h", "5 days".</summary>
    public static string Span(TimeSpan length) => length switch
    {
        { TotalMinutes: < 1 } => SharedText.LessThanAMinute,
        { TotalMinutes: < 60 } => SharedText.Minutes.With((int)length.TotalMinutes),
        { TotalHours: < 48 } => SharedText.Hours.With((int)length.TotalHours),
        { TotalDays: < 60 } => SharedText.Days.With((int)length.TotalDays),
        { TotalDays: < 730 } => SharedText.Months.With((int)(length.TotalDays / 30.4)),
        _ => SharedText.Years.With((int)(length.TotalDays / 365.25)),
    };

    /// <summary>Date and time in the person's zone: "22 Nov 2026, 03:19".</summary>
    public string Exact(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>The same with seconds, for lists in which order matters.</summary>
    public string ExactSeconds(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture);

    /// <summary>The same with seconds and the zone's name, for those who must be sure.</summary>
    public string Full(DateTimeOffset at) =>
        $"{Local(at).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture)} {Zone.Id}";

    /// <summary>When something happened, as briefly as it can be said: "12:36", "yesterday 12:36", "3 Mar, 12:36".</summary>
    public string Clock(DateTimeOffset at)
    {
        DateTimeOffset local = Local(at);
        int days = (Local(Now).Date - local.Date).Days;
        return days switch
        {
            0 => local.ToString("HH:mm", CultureInfo.CurrentCulture),
            1 => SharedText.Yesterday.With(local.ToString("HH:mm", CultureInfo.CurrentCulture)),
            > 1 and < 300 => local.ToString("d MMM, HH:mm", CultureInfo.CurrentCulture),
            _ => Exact(at),
        };
    }

    /// <summary>The instant that a person means by what their own clock shows. An hour that clocks skip is taken as the one after.</summary>
    public DateTimeOffset Instant(DateTime local)
    {
        DateTime wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(wall) ? wall.AddHours(1) : wall, Zone), TimeSpan.Zero);
    }

    /// <summary>Whether the person's own clock shows that time twice, as it does when summer time ends.</summary>
    public bool IsShownTwice(DateTime local) => Zone.IsAmbiguousTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));

    /// <summary>The same as <see cref="Instant"/>; of a time that their clock shows twice, the first.</summary>
    public DateTimeOffset FirstInstant(DateTime local)
    {
        DateTime wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return Zone.IsAmbiguousTime(wall) ? new DateTimeOffset(wall, Zone.GetAmbiguousTimeOffsets(wall).Max()).ToUniversalTime() : Instant(local);
    }

    /// <summary>What the person's own clock shows where one in another zone shows this.</summary>
    public DateTime Shown(DateTime local, TimeZoneInfo there) => Local((this with { Zone = there }).Instant(local)).DateTime;

    /// <summary>The instant on the person's own clock.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}
