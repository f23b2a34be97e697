using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Second;

namespace ModerationConsole.Core.People;

/// <summary>Gives a person exactly the named roles.</summary>
[Requires(Permission.ManagePeople)]
public sealed class SetRoles(WritePath writes, IAccessGuard guard, IRecentProof proof, Separation separation, SecondPerson second) : IUseCase
{
    /// <summary>Sets the roles of <paramref name="personId"/>.</summary>
    public async Task<PersonOutcome> RunAsync(Caller caller, Guid personId, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SetRoles>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(roles);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return PersonOutcome.ProveFirst;
        }

        if (ManagedPerson.IsOneself(caller, personId))
        {
            return PersonOutcome.Oneself;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.Db.Set<Moderator>().SingleOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false) is not { } person)
                {
                    return PersonOutcome.UnknownPerson;
                }

                if (roles.Except(await RoleChange.GrantableAsync(scope, roles, cancel).ConfigureAwait(false)).Any())
                {
                    return PersonOutcome.NotGrantable;
                }

                RoleChange change = await RoleChange.ToAsync(scope, personId, roles, cancel).ConfigureAwait(false);
                if (change.Granted.Count > 0 && await separation.ForbidsAsync(scope, personId, roles, cancel).ConfigureAwait(false))
                {
                    return PersonOutcome.Apart;
                }

                if (change.Revokes(Roles.Admin) && !await scope.OthersAdministerAsync(personId, cancel).ConfigureAwait(false))
                {
                    scope.Discard();
                    return PersonOutcome.LastAdmin;
                }

                IReadOnlySet<string> powerful = await SecondPerson.PowerfulAsync(scope, change.Granted, cancel).ConfigureAwait(false);
                bool asks = powerful.Count > 0 && await second.IsNeededAsync(scope, caller, personId, cancel).ConfigureAwait(false);
                if (asks)
                {
                    await SecondPerson.AskAsync(scope, caller, personId, powerful, cancel).ConfigureAwait(false);
                    change = change.Without(powerful);
                }

                if (await change.ApplyAsync(scope, caller, cancel).ConfigureAwait(false))
                {
                    scope.Touch(person);
                    scope.TellOf(personId, PersonChange.Access, guard);
                }

                return asks ? PersonOutcome.Asked : PersonOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
