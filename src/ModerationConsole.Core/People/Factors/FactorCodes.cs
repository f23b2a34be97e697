using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Takes what a person types as their second factor: a code of the app, or one of their recovery codes.</summary>
internal static class FactorCodes
{
    /// <summary>Longest that is looked at; spaces and hyphens are read over.</summary>
    public const int MaxLength = 40;

    /// <summary>Takes the code: it is good no second time.</summary>
    public static async Task<bool> TakeAsync(WriteScope scope, UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, string code)
    {
        if (!account.TwoFactorEnabled || code.Length > MaxLength)
        {
            return false;
        }

        string plain = new([.. code.Where(letter => !char.IsWhiteSpace(letter) && letter != '-')]);
        if (plain.Length == Authenticator.Digits)
        {
            return await Authenticator.TakeAsync(manager, account, plain, scope.Now).ConfigureAwait(false);
        }

        if (!await RecoveryCodes.TakeAsync(manager, account, plain).ConfigureAwait(false))
        {
            return false;
        }

        scope.Record(Caller.Person(account.Id), AuditAct.RecoveryCodeUsed, subject: account.Id.ToString());
        return true;
    }
}
