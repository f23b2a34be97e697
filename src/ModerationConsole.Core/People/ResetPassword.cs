using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Outcome of resetting a password.</summary>
/// <param name="OneTimePassword">Shown once; it opens only the choice of the person's own.</param>
public sealed record ResetPasswordOutcome(PersonOutcome Result, string? OneTimePassword = null);

/// <summary>Replaces a person's password with one for a single use, ends their sessions and lifts a lock.</summary>
[Requires(Permission.ManagePeople)]
public sealed class ResetPassword(WritePath writes, IAccessGuard guard, IRecentProof proof, Accounts accounts) : IUseCase
{
    /// <summary>Resets the password of <paramref name="personId"/>.</summary>
    public async Task<ResetPasswordOutcome> RunAsync(Caller caller, Guid personId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ResetPassword>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new ResetPasswordOutcome(PersonOutcome.ProveFirst);
        }

        if (ManagedPerson.IsOneself(caller, personId))
        {
            return new ResetPasswordOutcome(PersonOutcome.Oneself);
        }

        string password = OneTimePassword.Create();
        string hash = accounts.Hash(password);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(personId, cancel).ConfigureAwait(false) is not var (_, account))
                {
                    return new ResetPasswordOutcome(PersonOutcome.UnknownPerson);
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                account.PasswordHash = hash;
                account.AccessFailedCount = 0;
                account.LockoutEnd = null;
                await Lockout.ForgetAsync(manager, account).ConfigureAwait(false);
                await OneTimePassword.MarkAsync(manager, account).ConfigureAwait(false);
                await manager.UpdateSecurityStampAsync(account).OrThrowAsync().ConfigureAwait(false);
                scope.Record(caller, AuditAct.PasswordSet, subject: personId.ToString());
                scope.TellOf(personId, PersonChange.Password, guard);
                return new ResetPasswordOutcome(PersonOutcome.Done, password);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
