using System.Globalization;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Wellbeing;

/// <summary>What is said of a person's own shift, in plain words.</summary>
public static class ShiftWords
{
    private static readonly (ShiftDays Day, Func<string> Name)[] s_days =
    [
        (ShiftDays.Monday, () => WellbeingText.Monday), (ShiftDays.Tuesday, () => WellbeingText.Tuesday), (ShiftDays.Wednesday, () => WellbeingText.Wednesday),
        (ShiftDays.Thursday, () => WellbeingText.Thursday), (ShiftDays.Friday, () => WellbeingText.Friday), (ShiftDays.Saturday, () => WellbeingText.Saturday),
        (ShiftDays.Sunday, () => WellbeingText.Sunday),
    ];

    /// <summary>Days of a week with their names.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Days => s_days.Select(day => KeyValuePair.Create(day.Day.ToString(), day.Name()));

    /// <summary>"2 h 10", "4 h", "45 min": whole minutes that have passed.</summary>
    public static string Length(TimeSpan length)
    {
        int minutes = (int)Math.Max(0, length.TotalMinutes);
        return minutes < 60 ? WellbeingText.LengthMinutes.With(minutes)
            : minutes % 60 == 0 ? WellbeingText.LengthHours.With(minutes / 60)
            : WellbeingText.LengthBoth.With(minutes / 60, (minutes % 60).ToString("00", CultureInfo.InvariantCulture));
    }

    /// <summary>The same with seconds below an hour: "3 min 20 s", "40 s".</summary>
    public static string Seconds(TimeSpan length) => length switch
    {
        { TotalMinutes: < 1 } => WellbeingText.LengthSeconds.With((int)Math.Max(0, length.TotalSeconds)),
        { TotalHours: < 1 } => WellbeingText.LengthMinutesSeconds.With((int)length.TotalMinutes, length.Seconds),
        _ => Length(length),
    };

    /// <summary>"Monday to Friday", or the names of the days.</summary>
    public static string Names(ShiftDays days) => days switch
    {
        ShiftDays.All => WellbeingText.EveryDay,
        ShiftDays.Workdays => WellbeingText.Workdays,
        _ => string.Join(", ", s_days.Where(day => days.HasFlag(day.Day)).Select(day => day.Name())),
    };

    /// <summary>Why no severe case is offered at the moment; null where they are.</summary>
    public static string? Of(SevereReading reading, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(moment);
        string? until = reading.HoldUntil is { } at ? moment.Clock(at) : null;
        return reading.Hold switch
        {
            SevereHold.None => null,
            SevereHold.Asked => WellbeingText.HoldAsked.With(until),
            SevereHold.BetweenShifts => until is null ? WellbeingText.HoldBetween : WellbeingText.HoldBetweenUntil.With(until),
            SevereHold.EndOfShift => WellbeingText.HoldEnd,
            SevereHold.ShiftLimit => WellbeingText.HoldShift,
            SevereHold.DayLimit => until is null ? WellbeingText.HoldDay : WellbeingText.HoldDayUntil.With(until),
            SevereHold.PauseDue => WellbeingText.HoldPause.With(until),
            _ => throw new ArgumentOutOfRangeException(nameof(reading)),
        };
    }
}
