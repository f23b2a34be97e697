using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Notices;

/// <summary>
/// Tells of a clock inside the write in which there is something to tell: a message goes out by the same durable, signed way as all
/// deliveries, and inboxes show it by themselves. It holds numbers and times, never content, cause or person.
/// </summary>
public sealed class ClockAlerts(IOptions<NoticeOptions> options)
{
    /// <summary>Tells of it, once for each reason; returns whether it was told now.</summary>
    internal async Task<bool> TellAsync(WriteScope scope, Notice notice, ClockAlertKind kind, long caseNumber, CancellationToken cancellationToken)
    {
        long number = notice.Number;
        if (await scope.Db.Set<ClockAlert>().AnyAsync(row => row.NoticeNumber == number && row.Kind == kind, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        EnforcementAction message = scope.QueueMessage(
            Caller.System, DeliveryKind.ClockAlert, options.Value.AlertUrl, Body(notice, kind, scope.Now), new TargetItem("", ""), caseNumber);
        scope.Db.Add(new ClockAlert { NoticeNumber = number, Kind = kind, At = scope.Now, DeliveryId = message.Id });
        scope.Record(Caller.System, AuditAct.NoticeAlerted, caseNumber, subject: notice.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["delivery"] = message.Id,
            ["kind"] = kind.ToString(),
        });
        List<Guid> told = await scope.Db.PeopleHolding(Permission.EnterNotices).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        told.ForEach(person => scope.Publish(LiveKind.InboxChanged, personId: person));
        return true;
    }

    /// <summary>The clock stands: what was not sent yet is not sent any more.</summary>
    internal static async Task CancelAsync(WriteScope scope, Notice notice, CancellationToken cancellationToken)
    {
        long number = notice.Number;
        List<EnforcementAction> waiting = await (
            from alert in scope.Db.Set<ClockAlert>()
            join message in scope.Db.Set<EnforcementAction>() on alert.DeliveryId equals message.Id
            where alert.NoticeNumber == number && message.State == EnforcementState.Pending
            select message).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (EnforcementAction message in waiting)
        {
            message.Cancel(scope.Now);
            scope.Record(Caller.System, AuditAct.ActionCancelled, message.CaseNumber, subject: message.Id.ToString());
        }
    }

    /// <summary>The clock runs again: what was not sent because it stood is told anew when it is time.</summary>
    internal static async Task ForgetUnsentAsync(WriteScope scope, Notice notice, CancellationToken cancellationToken)
    {
        long number = notice.Number;
        scope.Db.RemoveRange(await (
            from alert in scope.Db.Set<ClockAlert>()
            join message in scope.Db.Set<EnforcementAction>() on alert.DeliveryId equals message.Id
            where alert.NoticeNumber == number && message.State == EnforcementState.Cancelled
            select alert).ToListAsync(cancellationToken).ConfigureAwait(false));
    }

    private string Body(Notice notice, ClockAlertKind kind, DateTimeOffset now) => JsonSerializer.Serialize(new
    {
        type = kind switch
        {
            ClockAlertKind.HalfGone => "clock.half",
            ClockAlertKind.NearlyGone => "clock.late",
            ClockAlertKind.Breached => "clock.breached",
            ClockAlertKind.NobodyMayTake => "clock.nobody",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
        notice = notice.Number,
        noticeType = notice.Type,
        receivedAt = Time(notice.ReceivedAt),
        dueAt = Time(notice.DueAt),
        minutesLeft = Math.Max(0, Math.Round((notice.DueAt - now).TotalMinutes)),
        link = FormattableString.Invariant($"{options.Value.ConsoleUrl.TrimEnd('/')}/admin/clocks/{notice.Number}"),
    });

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
