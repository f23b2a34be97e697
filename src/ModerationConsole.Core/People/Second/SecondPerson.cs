using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People.OwnRoles;

namespace ModerationConsole.Core.People.Second;

/// <summary>Knows which roles one administrator gives only with another's consent: those that include what only administrators and auditors do.</summary>
public sealed class SecondPerson(IOptions<SeparationOptions> options)
{
    /// <summary>Whether what is powerful needs a second person now.</summary>
    internal async Task<bool> IsNeededAsync(WriteScope scope, Caller caller, Guid? personId, CancellationToken cancellationToken) =>
        caller.Kind != CallerKind.System && options.Value.SecondPerson switch
        {
            SecondPersonRule.Always => true,
            SecondPersonRule.Never => false,
            _ => await scope.Db.PeopleHolding(Permission.ManagePeople).AnyAsync(person => person.Id != caller.Id && person.Id != personId, cancellationToken).ConfigureAwait(false),
        };

    /// <summary>Those of these roles that include something powerful.</summary>
    internal static async Task<IReadOnlySet<string>> PowerfulAsync(WriteScope scope, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        Permission[] powerful = [.. Roles.Powerful];
        List<string> made = await (
            from role in scope.Db.Roles
            where roles.Contains(role.Name!) && scope.Db.Set<OwnRolePermission>().Any(included => included.RoleId == role.Id && powerful.Contains(included.Permission))
            select role.Name!).ToListAsync(cancellationToken).ConfigureAwait(false);
        return roles.Where(role => Roles.PermissionsOf(role).Overlaps(Roles.Powerful)).Concat(made).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Asks for these roles, each unless it is asked for already.</summary>
    internal static async Task AskAsync(WriteScope scope, Caller caller, Guid personId, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        var wanted = await scope.Db.Roles.Where(role => roles.Contains(role.Name!)
                && !scope.Db.Set<RoleRequest>().Any(row => row.PersonId == personId && row.RoleId == role.Id && row.State == RoleRequestState.Waiting))
            .Select(role => new { role.Id, Name = role.Name! }).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var role in wanted)
        {
            scope.Db.Add(new RoleRequest { PersonId = personId, RoleId = role.Id, AskedBy = caller.Id, AskedAt = scope.Now });
            scope.Record(caller, AuditAct.RoleAsked, subject: personId.ToString(), details: new Dictionary<string, object?> { ["role"] = role.Name });
        }

        if (wanted.Count > 0)
        {
            await scope.TellAdministratorsAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Lets the inboxes of administrators be read again: a role was asked for, or answered.</summary>
internal static class Administrators
{
    public static async Task TellAdministratorsAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        List<Guid> told = await scope.Db.PeopleHolding(Permission.ManagePeople).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        told.ForEach(person => scope.Publish(LiveKind.InboxChanged, personId: person));
    }
}
