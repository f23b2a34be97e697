using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight;

/// <summary>Tells those who look into alarms of each that is open.</summary>
internal sealed class AlarmsInInbox : IInboxSource
{
    private const int Most = 100;

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.HandleAlarms))
        {
            return [];
        }

        var open = await (
            from alarm in question.Db.Set<UseAlarm>()
            join person in question.Db.Set<Moderator>() on alarm.PersonId equals person.Id
            where alarm.ClosedAt == null
            orderby alarm.RaisedAt descending
            select new { alarm.Id, alarm.Kind, alarm.RaisedAt, alarm.Count, person.DisplayName }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. open.Select(row => new InboxEntry($"alarm:{row.Id}", InboxKind.AlarmRaised, row.RaisedAt, Subject: row.Kind.ToString(), Name: row.DisplayName, Count: row.Count))];
    }
}

/// <summary>Lets the inboxes of those who look into alarms be read again.</summary>
internal static class Watchers
{
    public static async Task TellWatchersAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        List<Guid> told = await scope.Db.PeopleHolding(Permission.HandleAlarms).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        told.ForEach(person => scope.Publish(LiveKind.InboxChanged, personId: person));
    }
}
