using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Disputes;

/// <summary>
/// How long a result can be disputed: seven working days from when its author first saw it. A working day is a day of UTC from Monday
/// to Friday; public holidays are not known here and count. The day of seeing does not count, and the last day counts whole.
/// </summary>
public static class DisputeWindow
{
    /// <summary>Working days.</summary>
    public const int Days = 7;

    /// <summary>Until when a result can be disputed, UTC, exclusive; null while its author has not seen it.</summary>
    public static DateTimeOffset? EndOf(QualitySample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.SeenAt is { } seen ? After(seen, Days) : null;
    }

    /// <summary>The end of the given number of working days after the day of an instant: the first moment that lies past them, UTC.</summary>
    /// <param name="days">Working days, at least 1.</param>
    public static DateTimeOffset After(DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        DateOnly day = DateOnly.FromDateTime(from.UtcDateTime);
        for (int left = days; left > 0; left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1)
        {
            day = day.AddDays(1);
        }

        return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
    }
}
