using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People;

/// <summary>How changing one's own password ended.</summary>
public enum ChangePasswordResult
{
    Changed,
    WrongPassword,

    /// <summary>Too many wrong passwords; the account is locked for a while.</summary>
    LockedOut,

    /// <summary>The new password is too short, too long, one repeated character, or the present one again.</summary>
    Refused,
}

/// <summary>Outcome of changing one's own password.</summary>
/// <param name="Session">The session that goes on; all others are over.</param>
public sealed record ChangePasswordOutcome(ChangePasswordResult Result, Session? Session = null);

/// <summary>Changes the signed-in person's password. Other sessions end. Wrong tries count as wrong sign-ins.</summary>
[Requires(Permission.UseConsole)]
public sealed class ChangeMyPassword(
    WritePath writes, IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, Accounts accounts, SignIn signIn) : IUseCase
{
    /// <summary>Changes the password.</summary>
    /// <param name="sessionId">The session in which they do it, which alone goes on.</param>
    public async Task<ChangePasswordOutcome> RunAsync(Caller caller, Guid sessionId, string present, string password, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ChangeMyPassword>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(password);
        if (!PasswordRules.Accept(password) || password == present)
        {
            return new ChangePasswordOutcome(ChangePasswordResult.Refused);
        }

        SignInOutcome proof = await signIn.ProveAsync(await EmailAsync(caller, cancellationToken).ConfigureAwait(false), present, cancellationToken).ConfigureAwait(false);
        if (proof.Result != SignInResult.SignedIn)
        {
            return new ChangePasswordOutcome(
                proof.Result == SignInResult.LockedOut ? ChangePasswordResult.LockedOut : ChangePasswordResult.WrongPassword);
        }

        string hash = accounts.Hash(password);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(caller.Id, cancel).ConfigureAwait(false) is not var (person, account) || person.Disabled)
                {
                    return new ChangePasswordOutcome(ChangePasswordResult.WrongPassword);
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                account.PasswordHash = hash;
                await manager.UpdateSecurityStampAsync(account).OrThrowAsync().ConfigureAwait(false);
                scope.Record(caller, AuditAct.PasswordSet, subject: caller.Id.ToString());
                await EndSessions.OfPersonAsync(scope, caller.Id, SessionEnd.AccountChanged, guard, cancel, but: sessionId).ConfigureAwait(false);
                scope.TellOf(caller.Id, PersonChange.Password, guard);
                return new ChangePasswordOutcome(
                    ChangePasswordResult.Changed, new Session(sessionId, caller.Id, account.SecurityStamp ?? "", person.DisplayName));
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> EmailAsync(Caller caller, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.EmailOfAsync(caller.Id, cancellationToken).ConfigureAwait(false);
        }
    }
}
