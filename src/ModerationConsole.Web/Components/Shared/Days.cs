using System.Globalization;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>Days as people choose them in filters.</summary>
public static class Days
{
    /// <summary>The instant at which a day begins in a zone.</summary>
    public static DateTimeOffset StartIn(this DateOnly day, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        DateTime midnight = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward at midnight, the day begins later.
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(30);
        }

        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>A day as an address or a date field holds it.</summary>
    public static string? Write(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The day that an address or a date field holds; null for anything else.</summary>
    public static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
