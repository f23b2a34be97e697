using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Takes away the second factor and the passkeys of somebody who lost their phone and their recovery codes. All their sessions end.</summary>
[Requires(Permission.ManagePeople)]
public sealed class ResetSecondFactor(WritePath writes, IAccessGuard guard, IRecentProof proof, Accounts accounts) : IUseCase
{
    /// <summary>Takes away that of <paramref name="personId"/>.</summary>
    public async Task<PersonOutcome> RunAsync(Caller caller, Guid personId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ResetSecondFactor>(caller, cancellationToken).ConfigureAwait(false);
        if (ManagedPerson.IsOneself(caller, personId))
        {
            return PersonOutcome.Oneself;
        }

        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return PersonOutcome.ProveFirst;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(personId, cancel).ConfigureAwait(false) is not var (_, account))
                {
                    return PersonOutcome.UnknownPerson;
                }

                bool passkeys = await scope.Db.Set<IdentityUserPasskey<Guid>>().Where(row => row.UserId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) > 0;
                if (passkeys)
                {
                    scope.Record(caller, AuditAct.SecondFactorRemoved, subject: personId.ToString(), details: new Dictionary<string, object?> { ["kind"] = "passkey" });
                }

                bool app = account.TwoFactorEnabled;
                if (app)
                {
                    using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                    await RemoveAuthenticator.SwitchOffAsync(scope, manager, account, caller).ConfigureAwait(false);
                }

                if (app || passkeys)
                {
                    await EndSessions.OfPersonAsync(scope, personId, SessionEnd.AccountChanged, guard, cancel).ConfigureAwait(false);
                    scope.TellOf(personId, PersonChange.Password, guard);
                }

                return PersonOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
