using ModerationConsole.Core.Oversight;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>Alarms about the use of the console in plain words.</summary>
public static class AlarmWords
{
    /// <summary>What was counted.</summary>
    public static string Kind(UseKind kind) => kind switch
    {
        UseKind.Reveals => AlarmsText.Reveals,
        UseKind.RevealsByReason => AlarmsText.RevealsByReason,
        UseKind.Exports => AlarmsText.Exports,
        UseKind.LookUps => AlarmsText.LookUps,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <inheritdoc cref="Kind(UseKind)" />
    public static string Kind(string? code) => Kind(Enum.Parse<UseKind>(code ?? ""));

    /// <summary>"412 in an hour, where 400 go without an alarm".</summary>
    public static string Measure(AlarmRow alarm)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        return (alarm.Hours == 1 ? AlarmsText.InAnHour : AlarmsText.InADay).With(alarm.Count.Thin(), alarm.Most.Thin());
    }

    /// <summary>What is wrong with closing one; null where nothing is.</summary>
    public static string? Problem(CloseAlarmOutcome outcome) => outcome switch
    {
        // Someone else was faster: the list drawn anew says who.
        CloseAlarmOutcome.Closed or CloseAlarmOutcome.NotOpen => null,
        CloseAlarmOutcome.OwnAlarm => AlarmsText.OwnAlarm,
        CloseAlarmOutcome.NoteRequired => AlarmsText.NoteRequired,
        CloseAlarmOutcome.NoteTooLong => AlarmsText.NoteTooLong.With(CloseAlarm.LongestNote),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
