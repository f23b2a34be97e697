using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People;

/// <summary>Ends a person's session, or all they have, and gives back what they held.</summary>
[Requires(Permission.UseConsole)]
public sealed class SignOut(WritePath writes, IAccessGuard guard, Accounts accounts, IEnumerable<IPersonObserver> observers) : IUseCase
{
    /// <summary>Signs the caller out.</summary>
    /// <param name="sessionId">Which session ends; null ends all, also what a copied cookie would open.</param>
    public async Task RunAsync(Caller caller, Guid? sessionId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SignOut>(caller, cancellationToken).ConfigureAwait(false);
        await writes.RunAsync(
            async (scope, cancel) =>
            {
                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                IdentityUser<Guid>? account = await scope.Db.Users.FindAsync([caller.Id], cancel).ConfigureAwait(false);
                if (account is null)
                {
                    return false;
                }

                if (sessionId is { } one)
                {
                    await EndSessions.OneAsync(scope, caller.Id, one, SessionEnd.SignedOut, guard, cancel).ConfigureAwait(false);
                }
                else
                {
                    await manager.UpdateSecurityStampAsync(account).OrThrowAsync().ConfigureAwait(false);
                    await EndSessions.OfPersonAsync(scope, caller.Id, SessionEnd.SignedOut, guard, cancel).ConfigureAwait(false);
                }

                await scope.LeaveAsync(observers, caller, account.Id, PersonChange.SignedOut, cancel).ConfigureAwait(false);
                scope.Record(caller, AuditAct.SignedOut, subject: account.Id.ToString());
                scope.TellOf(account.Id, PersonChange.SignedOut, guard);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
