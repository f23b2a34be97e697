using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People;

/// <summary>Keeps a person out: sessions end, what they held goes back, nothing they send is accepted any more.</summary>
[Requires(Permission.ManagePeople)]
public sealed class DisablePerson(WritePath writes, IAccessGuard guard, Accounts accounts, IEnumerable<IPersonObserver> observers) : IUseCase
{
    /// <summary>Disables <paramref name="personId"/>.</summary>
    public async Task<PersonOutcome> RunAsync(Caller caller, Guid personId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<DisablePerson>(caller, cancellationToken).ConfigureAwait(false);
        if (ManagedPerson.IsOneself(caller, personId))
        {
            return PersonOutcome.Oneself;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(personId, cancel).ConfigureAwait(false) is not var (person, account))
                {
                    return PersonOutcome.UnknownPerson;
                }

                if (person.Disabled)
                {
                    return PersonOutcome.Done;
                }

                if (await IsAdminAsync(scope, personId, cancel).ConfigureAwait(false) && !await scope.OthersAdministerAsync(personId, cancel).ConfigureAwait(false))
                {
                    scope.Discard();
                    return PersonOutcome.LastAdmin;
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                person.Disabled = true;
                await manager.UpdateSecurityStampAsync(account).OrThrowAsync().ConfigureAwait(false);
                await EndSessions.OfPersonAsync(scope, personId, SessionEnd.AccountChanged, guard, cancel).ConfigureAwait(false);
                await scope.LeaveAsync(observers, caller, personId, PersonChange.Disabled, cancel).ConfigureAwait(false);
                scope.Record(caller, AuditAct.PersonDisabled, subject: personId.ToString());
                scope.TellOf(personId, PersonChange.Disabled, guard);
                return PersonOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static Task<bool> IsAdminAsync(WriteScope scope, Guid personId, CancellationToken cancellationToken) => (
        from link in scope.Db.UserRoles
        join role in scope.Db.Roles on link.RoleId equals role.Id
        where link.UserId == personId && role.Name == Roles.Admin
        select link).AnyAsync(cancellationToken);
}
