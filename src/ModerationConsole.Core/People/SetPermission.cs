using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Gives or takes a permission that no role includes, such as child safety.</summary>
[Requires(Permission.ManagePeople)]
public sealed class SetPermission(WritePath writes, IAccessGuard guard, IRecentProof proof, Separation separation) : IUseCase
{
    /// <summary>Sets whether <paramref name="personId"/> holds <paramref name="permission"/> by person.</summary>
    public async Task<PersonOutcome> RunAsync(Caller caller, Guid personId, Permission permission, bool granted, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SetPermission>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return PersonOutcome.ProveFirst;
        }

        if (ManagedPerson.IsOneself(caller, personId))
        {
            return PersonOutcome.Oneself;
        }

        if (!Roles.ByPerson.Contains(permission))
        {
            return PersonOutcome.NotGrantable;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.Db.Set<Moderator>().SingleOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false) is not { } person)
                {
                    return PersonOutcome.UnknownPerson;
                }

                PersonPermission? held = await scope.Db.Set<PersonPermission>()
                    .SingleOrDefaultAsync(row => row.PersonId == personId && row.Permission == permission, cancel).ConfigureAwait(false);
                if (held is not null == granted)
                {
                    return PersonOutcome.Done;
                }

                if (granted && await separation.ForbidsAsync(scope, personId, await scope.RolesOfAsync(personId, cancel).ConfigureAwait(false), cancel, permission).ConfigureAwait(false))
                {
                    return PersonOutcome.Apart;
                }

                scope.Touch(person);
                if (held is null)
                {
                    scope.Db.Add(new PersonPermission { PersonId = personId, Permission = permission });
                }
                else
                {
                    scope.Db.Remove(held);
                }

                scope.Record(
                    caller,
                    granted ? AuditAct.PermissionGranted : AuditAct.PermissionRevoked,
                    subject: personId.ToString(),
                    details: new Dictionary<string, object?> { ["permission"] = permission.ToString() });
                scope.TellOf(personId, PersonChange.Access, guard);
                return PersonOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
