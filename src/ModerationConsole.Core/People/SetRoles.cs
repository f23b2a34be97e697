using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Gives a person exactly the named roles.</summary>
[Requires(Permission.ManagePeople)]
public sealed class SetRoles(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Sets the roles of <paramref name="personId"/>.</summary>
    public async Task<PersonOutcome> RunAsync(Caller caller, Guid personId, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SetRoles>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(roles);
        if (ManagedPerson.IsOneself(caller, personId))
        {
            return PersonOutcome.Oneself;
        }

        if (roles.Except(Roles.All).Any())
        {
            return PersonOutcome.NotGrantable;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (!await scope.Db.Set<Moderator>().AnyAsync(row => row.Id == personId, cancel).ConfigureAwait(false))
                {
                    return PersonOutcome.UnknownPerson;
                }

                Dictionary<Guid, string> names = await scope.Db.Roles.ToDictionaryAsync(role => role.Id, role => role.Name!, cancel).ConfigureAwait(false);
                List<IdentityUserRole<Guid>> held = await scope.Db.UserRoles.Where(row => row.UserId == personId).ToListAsync(cancel).ConfigureAwait(false);
                List<IdentityUserRole<Guid>> revoked = [.. held.Where(link => !roles.Contains(names[link.RoleId]))];
                List<Guid> granted = [.. names.Where(role => roles.Contains(role.Value)).Select(role => role.Key).Except(held.Select(link => link.RoleId))];
                if (revoked.Any(link => names[link.RoleId] == Roles.Admin) && !await scope.OthersAdministerAsync(personId, cancel).ConfigureAwait(false))
                {
                    scope.Discard();
                    return PersonOutcome.LastAdmin;
                }

                foreach (IdentityUserRole<Guid> link in revoked)
                {
                    scope.Db.UserRoles.Remove(link);
                    Record(scope, caller, AuditAct.RoleRevoked, personId, names[link.RoleId]);
                }

                foreach (Guid id in granted)
                {
                    scope.Db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = personId, RoleId = id });
                    Record(scope, caller, AuditAct.RoleGranted, personId, names[id]);
                }

                if (revoked.Count + granted.Count > 0)
                {
                    scope.TellOf(personId, PersonChange.Access, guard);
                }

                return PersonOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static void Record(WriteScope scope, Caller caller, AuditAct act, Guid personId, string role) =>
        scope.Record(caller, act, subject: personId.ToString(), details: new Dictionary<string, object?> { ["role"] = role });
}
