using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Oversight;

/// <summary>What came of closing an alarm.</summary>
public enum CloseAlarmOutcome
{
    Closed,

    /// <summary>There is no open one of that id.</summary>
    NotOpen,

    /// <summary>It is about the caller: someone else looks into it.</summary>
    OwnAlarm,

    /// <summary>It takes words on what was found; blanks are none.</summary>
    NoteRequired,

    /// <summary>The note is longer than <see cref="CloseAlarm.LongestNote"/>.</summary>
    NoteTooLong,
}

/// <summary>Closes an alarm with what was found. Nobody closes one about themselves.</summary>
[Requires(Permission.HandleAlarms)]
public sealed class CloseAlarm(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = TextLength.Line;

    /// <summary>Closes it once.</summary>
    public async Task<CloseAlarmOutcome> RunAsync(Caller caller, Guid id, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CloseAlarm>(caller, cancellationToken).ConfigureAwait(false);
        string found = DecisionText.Clean(note) ?? "";
        if (found.Length is 0 or > LongestNote)
        {
            return found.Length == 0 ? CloseAlarmOutcome.NoteRequired : CloseAlarmOutcome.NoteTooLong;
        }

        return await writes.RunAsync(
            async (scope, token) =>
            {
                UseAlarm? alarm = await scope.Db.Set<UseAlarm>().SingleOrDefaultAsync(row => row.Id == id && row.ClosedAt == null, token).ConfigureAwait(false);
                if (alarm is null || alarm.PersonId == caller.Id)
                {
                    return alarm is null ? CloseAlarmOutcome.NotOpen : CloseAlarmOutcome.OwnAlarm;
                }

                alarm.Close(caller.Id, found, scope.Now);
                scope.Record(caller, AuditAct.AlarmClosed, subject: alarm.Id.ToString(), details: new Dictionary<string, object?>
                {
                    ["kind"] = alarm.Kind.ToString(), ["person"] = alarm.PersonId,
                });
                await scope.TellWatchersAsync(token).ConfigureAwait(false);
                return CloseAlarmOutcome.Closed;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
