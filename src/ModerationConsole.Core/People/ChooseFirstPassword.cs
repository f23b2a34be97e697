using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>How choosing a first password ended.</summary>
public enum ChoosePasswordOutcome
{
    Chosen,

    /// <summary>Address or one-time password is wrong, locked, or used already.</summary>
    Failed,

    /// <summary>The new password is too short, too long, one repeated character, or the one-time password again.</summary>
    Refused,
}

/// <summary>Replaces a one-time password, given by an administrator, with the person's own. Wrong tries count as wrong sign-ins.</summary>
[Anonymous("Who holds only a one-time password has no session yet.")]
public sealed class ChooseFirstPassword(SignIn signIn, WritePath writes, Accounts accounts) : IUseCase
{
    /// <summary>Sets the password; the person then signs in with it.</summary>
    public async Task<ChoosePasswordOutcome> RunAsync(string email, string oneTimePassword, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (!PasswordRules.Accept(password) || password == oneTimePassword)
        {
            return ChoosePasswordOutcome.Refused;
        }

        SignInOutcome outcome = await signIn.ProveAsync(email, oneTimePassword, cancellationToken).ConfigureAwait(false);
        if (outcome.Result != SignInResult.MustChoosePassword)
        {
            return ChoosePasswordOutcome.Failed;
        }

        string normalized = accounts.Normalize(email);
        string hash = accounts.Hash(password);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                IdentityUser<Guid>? account = await scope.Db.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancel).ConfigureAwait(false);
                if (account is null || !await OneTimePassword.IsSetAsync(manager, account).ConfigureAwait(false))
                {
                    return ChoosePasswordOutcome.Failed;
                }

                account.PasswordHash = hash;
                account.AccessFailedCount = 0;
                await OneTimePassword.ClearAsync(manager, account).ConfigureAwait(false);
                await manager.UpdateSecurityStampAsync(account).OrThrowAsync().ConfigureAwait(false);
                scope.Record(Caller.Person(account.Id), AuditAct.PasswordSet, subject: account.Id.ToString());
                return ChoosePasswordOutcome.Chosen;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
