using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>Tells auditors of what someone took, while it is on and until another auditor has reviewed it.</summary>
internal sealed class GlassInInbox : IInboxSource
{
    private const int Most = 100;

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.HandleAlarms))
        {
            return [];
        }

        var open = await (
            from glass in question.Db.Set<GlassBreak>()
            join person in question.Db.Set<Moderator>() on glass.PersonId equals person.Id
            where glass.ReviewedAt == null && glass.PersonId != question.PersonId
            orderby glass.StartedAt descending
            select new { glass.Id, glass.Role, glass.StartedAt, person.DisplayName }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. open.Select(row => new InboxEntry($"glass:{row.Id}", InboxKind.GlassBroken, row.StartedAt, Subject: row.Role, Name: row.DisplayName))];
    }
}
