using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>Wakes what rings people on call, when an alert was written on this node.</summary>
public sealed class AlertSignal : WakeSignal;

/// <summary>Tells people on call and experts of an emergency, inside the write in which there is something to tell.</summary>
public sealed class EmergencyAlerts(IOptions<OnCallOptions> options, AlertSignal signal)
{
    /// <summary>Writes a call and puts an entry into the inbox of everyone who may rule. Neither holds a word of what was seen.</summary>
    internal async Task TellAsync(WriteScope scope, Escalation raised, AlertKind kind, CancellationToken cancellationToken)
    {
        Guid id = Guid.CreateVersion7();
        OnCallAlert alert = OnCallAlert.Create(id, raised.Id, kind, options.Value.WebhookUrl, Body(raised, kind), scope.Now);
        scope.Db.Add(alert);
        List<Guid> experts = await scope.Db.PeopleHolding(Permission.RuleOnEscalations).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid expert in experts)
        {
            await scope.TellAsync(
                expert, InboxKind.EmergencyRaised, EscalationKeys.Emergency(raised), cancellationToken, raised.CaseNumber, raised.ExpertTask, kind.ToString()).ConfigureAwait(false);
        }

        scope.Record(Caller.System, AuditAct.AlertWritten, raised.CaseNumber, raised.ExpertTask, id.ToString(), new Dictionary<string, object?>
        {
            ["escalation"] = raised.Id,
            ["kind"] = kind.ToString(),
            ["receiver"] = alert.State == AlertState.Pending,
            ["told"] = experts.Count,
        });
        scope.AfterCommit(signal.Raise);
    }

    /// <summary>The emergency is over: nobody's inbox asks for them any more.</summary>
    internal static async Task UntellAsync(WriteScope scope, Escalation over, CancellationToken cancellationToken)
    {
        string key = EscalationKeys.Emergency(over);
        List<Guid> told = await scope.Db.Set<InboxItem>().Where(row => row.Key == key).Select(row => row.PersonId).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Guid person in told)
        {
            await scope.UntellAsync(person, key, cancellationToken).ConfigureAwait(false);
        }
    }

    private string Body(Escalation raised, AlertKind kind) => JsonSerializer.Serialize(new
    {
        type = kind switch
        {
            AlertKind.Raised => "emergency.raised",
            AlertKind.HalfGone => "emergency.half",
            AlertKind.NearlyGone => "emergency.late",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
        emergency = raised.ExpertTask,
        raisedAt = raised.AskedAt.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        dueAt = (raised.AskedAt + EmergencyClock.Length).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        minutesLeft = (EmergencyClock.Length - EmergencyClock.At(kind)).TotalMinutes,
        link = FormattableString.Invariant($"{options.Value.ConsoleUrl.TrimEnd('/')}/escalations/{raised.ExpertTask}"),
    });
}
