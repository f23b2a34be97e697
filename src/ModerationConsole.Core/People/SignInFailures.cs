using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Records tries to sign in that failed, and locks the account after too many: wrong passwords and wrong codes count alike.</summary>
internal static class SignInFailures
{
    /// <summary>Counts a wrong try; the account may be locked by it.</summary>
    public static async Task<SignInOutcome> CountAsync(WriteScope scope, UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, string reason)
    {
        Record(scope, account, reason);
        if (++account.AccessFailedCount < Lockout.Tries)
        {
            return new SignInOutcome(SignInResult.Failed);
        }

        account.AccessFailedCount = 0;
        TimeSpan duration = await Lockout.NextAsync(manager, account).ConfigureAwait(false);
        account.LockoutEnd = scope.Now + duration;
        scope.Record(Caller.System, AuditAct.LockedOut, subject: account.Id.ToString(), details: new Dictionary<string, object?> { ["minutes"] = duration.TotalMinutes });
        return new SignInOutcome(SignInResult.LockedOut, LockedUntil: account.LockoutEnd);
    }

    /// <summary>Records a try that failed.</summary>
    public static SignInOutcome Record(WriteScope scope, IdentityUser<Guid>? account, string reason)
    {
        scope.Record(Caller.System, AuditAct.SignInFailed, subject: account?.Id.ToString(), details: new Dictionary<string, object?> { ["reason"] = reason });
        return new SignInOutcome(SignInResult.Failed);
    }

    /// <summary>The person is in: what was wrong before is forgotten.</summary>
    public static Task ForgetAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account)
    {
        account.AccessFailedCount = 0;
        return Lockout.ForgetAsync(manager, account);
    }
}
