using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Second;

namespace ModerationConsole.Core.People.OwnRoles;

/// <summary>Changes what a role made here is for and includes. It counts for everyone who holds it, in open pages too.</summary>
[Requires(Permission.ManagePeople)]
public sealed class ChangeRole(WritePath writes, IAccessGuard guard, IRecentProof proof, Separation separation, SecondPerson second) : IUseCase
{
    /// <summary>Changes it.</summary>
    public async Task<OwnRoleOutcome> RunAsync(
        Caller caller, Guid roleId, string description, IReadOnlyCollection<Permission> permissions, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ChangeRole>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new OwnRoleOutcome(OwnRoleResult.ProveFirst);
        }

        (HashSet<Permission>? included, OwnRoleResult refusal) = OwnRoleChange.Check(description, permissions);
        return new OwnRoleOutcome(
            included is null
                ? refusal
                : await writes.RunAsync((scope, cancel) => ChangeAsync(scope, caller, roleId, description.Trim(), included, cancel), cancellationToken).ConfigureAwait(false),
            roleId);
    }

    private async Task<OwnRoleResult> ChangeAsync(
        WriteScope scope, Caller caller, Guid roleId, string description, HashSet<Permission> permissions, CancellationToken cancellationToken)
    {
        if (await scope.FindOwnRoleAsync(roleId, cancellationToken).ConfigureAwait(false) is not { } role)
        {
            return OwnRoleResult.UnknownRole;
        }

        List<Guid> holders = await scope.HoldersAsync(roleId, cancellationToken).ConfigureAwait(false);
        if (caller.Kind == CallerKind.Person && holders.Contains(caller.Id))
        {
            return OwnRoleResult.HeldByOneself;
        }

        string textBefore = role.Description;
        IReadOnlyList<Permission> before = await scope.SetPermissionsAsync(role, permissions, cancellationToken).ConfigureAwait(false);
        if (permissions.Except(before).Any() && await separation.ForbidsAmongAsync(scope, roleId, permissions, holders, cancellationToken).ConfigureAwait(false))
        {
            scope.Discard();
            return OwnRoleResult.Apart;
        }

        if (permissions.Except(before).Any(Roles.Powerful.Contains)
            && (holders.Count > 0 || await scope.Db.Set<RoleRequest>().AnyAsync(row => row.RoleId == roleId && row.State == RoleRequestState.Waiting, cancellationToken).ConfigureAwait(false))
            && await second.IsNeededAsync(scope, caller, personId: null, cancellationToken).ConfigureAwait(false))
        {
            scope.Discard();
            return OwnRoleResult.SecondPerson;
        }

        bool same = permissions.SetEquals(before);
        if (same && textBefore == description)
        {
            return OwnRoleResult.Saved;
        }

        (role.Description, role.TouchedAt) = (description, scope.Now);
        string name = await scope.Db.Roles.Where(row => row.Id == roleId).Select(row => row.Name!).SingleAsync(cancellationToken).ConfigureAwait(false);
        scope.RecordRole(caller, AuditAct.RoleChanged, roleId, name, (textBefore, before), (description, permissions));
        if (!same)
        {
            scope.Touch(await scope.Db.Set<Moderator>().Where(row => holders.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false));
            holders.ForEach(person => scope.TellOf(person, PersonChange.Access, guard));
        }

        return OwnRoleResult.Saved;
    }
}
