using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.OwnRoles;

/// <summary>Takes a role made here from everyone who holds it, for good. Its name is not given again.</summary>
[Requires(Permission.ManagePeople)]
public sealed class RetireRole(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Retires it.</summary>
    public async Task<OwnRoleOutcome> RunAsync(Caller caller, Guid roleId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RetireRole>(caller, cancellationToken).ConfigureAwait(false);
        return new OwnRoleOutcome(
            await writes.RunAsync((scope, cancel) => RetireAsync(scope, caller, roleId, cancel), cancellationToken).ConfigureAwait(false), roleId);
    }

    private async Task<OwnRoleResult> RetireAsync(WriteScope scope, Caller caller, Guid roleId, CancellationToken cancellationToken)
    {
        if (await scope.FindOwnRoleAsync(roleId, cancellationToken).ConfigureAwait(false) is not { } role)
        {
            return OwnRoleResult.UnknownRole;
        }

        List<IdentityUserRole<Guid>> links = await scope.Db.UserRoles.Where(link => link.RoleId == roleId).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (caller.Kind == CallerKind.Person && links.Any(link => link.UserId == caller.Id))
        {
            return OwnRoleResult.HeldByOneself;
        }

        (role.RetiredAt, role.TouchedAt) = (scope.Now, scope.Now);
        string name = await scope.Db.Roles.Where(row => row.Id == roleId).Select(row => row.Name!).SingleAsync(cancellationToken).ConfigureAwait(false);
        List<Permission> before = await scope.Db.Set<OwnRolePermission>().Where(row => row.RoleId == roleId).Select(row => row.Permission)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        scope.RecordRole(caller, AuditAct.RoleRetired, roleId, name, (role.Description, before), after: null);
        scope.Db.RemoveRange(links);
        foreach (IdentityUserRole<Guid> link in links)
        {
            scope.Record(caller, AuditAct.RoleRevoked, subject: link.UserId.ToString(), details: new Dictionary<string, object?> { ["role"] = name });
            scope.TellOf(link.UserId, PersonChange.Access, guard);
        }

        return OwnRoleResult.Saved;
    }
}
