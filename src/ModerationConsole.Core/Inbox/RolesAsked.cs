using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Second;

namespace ModerationConsole.Core.Inbox;

/// <summary>Tells administrators of roles that wait for a second one: not whoever asked, nor whoever would have the role.</summary>
internal sealed class RolesAsked : IInboxSource
{
    private const int Most = 100;

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.ManagePeople))
        {
            return [];
        }

        var waiting = await (
            from request in question.Db.Set<RoleRequest>()
            join person in question.Db.Set<Moderator>() on request.PersonId equals person.Id
            join role in question.Db.Roles on request.RoleId equals role.Id
            where request.State == RoleRequestState.Waiting && request.AskedBy != question.PersonId && request.PersonId != question.PersonId
            orderby request.AskedAt
            select new { request.Id, request.AskedAt, Role = role.Name!, person.DisplayName }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. waiting.Select(row => new InboxEntry($"role-asked:{row.Id}", InboxKind.RoleAsked, row.AskedAt, Subject: row.Role, Name: row.DisplayName))];
    }
}
