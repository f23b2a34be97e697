using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>How proving again who one is ended.</summary>
public enum ProveResult
{
    Proved,
    Wrong,

    /// <summary>Too many wrong tries; the account is locked for a while.</summary>
    LockedOut,
}

/// <summary>Proves again, in a session that is open, who uses it. Wrong tries count as wrong sign-ins.</summary>
[Requires(Permission.UseConsole)]
public sealed class ProveMyself(WritePath writes, IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, Accounts accounts, SignIn signIn) : IUseCase
{
    /// <summary>Proves it by password.</summary>
    public async Task<ProveResult> ByPasswordAsync(Caller caller, string password, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ProveMyself>(caller, cancellationToken).ConfigureAwait(false);
        SignInOutcome outcome = await signIn.ProveAsync(await EmailAsync(caller, cancellationToken).ConfigureAwait(false), password, cancellationToken).ConfigureAwait(false);
        return outcome.Result != SignInResult.SignedIn
            ? ResultOf(outcome)
            : await writes.RunAsync((scope, cancel) => NoteAsync(scope, caller, "password", cancel), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Proves it by a code of the app, or a recovery code.</summary>
    public async Task<ProveResult> ByCodeAsync(Caller caller, string code, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ProveMyself>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(code);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(caller.Id, cancel).ConfigureAwait(false) is not var (_, account) || !account.TwoFactorEnabled)
                {
                    return ProveResult.Wrong;
                }

                if (account.LockoutEnd > scope.Now)
                {
                    SignInFailures.Record(scope, account, "locked");
                    return ProveResult.LockedOut;
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                if (!await FactorCodes.TakeAsync(scope, manager, account, code).ConfigureAwait(false))
                {
                    return ResultOf(await SignInFailures.CountAsync(scope, manager, account, "code").ConfigureAwait(false));
                }

                await SignInFailures.ForgetAsync(manager, account).ConfigureAwait(false);
                return await NoteAsync(scope, caller, "code", cancel).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Proves it by a passkey of theirs that the web has checked.</summary>
    public async Task<ProveResult> ByPasskeyAsync(Caller caller, CheckedPasskey passkey, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ProveMyself>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(passkey);
        if (passkey.PersonId != caller.Id || !passkey.Passkey.IsUserVerified)
        {
            return ProveResult.Wrong;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(caller.Id, cancel).ConfigureAwait(false) is not var (_, account))
                {
                    return ProveResult.Wrong;
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                ProveResult result = await NoteAsync(scope, caller, "passkey", cancel, passkey.AskedAt).ConfigureAwait(false);
                if (result == ProveResult.Proved)
                {
                    // How often it was used, by which a copy would be noticed.
                    await manager.AddOrUpdatePasskeyAsync(account, passkey.Passkey).OrThrowAsync().ConfigureAwait(false);
                }

                return result;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static ProveResult ResultOf(SignInOutcome outcome) => outcome.Result == SignInResult.LockedOut ? ProveResult.LockedOut : ProveResult.Wrong;

    /// <summary>Notes the proof with the session in which it was given.</summary>
    /// <param name="askedAt">When it was asked for, if that is known: an answer that comes a second time was asked for before the last proof.</param>
    internal static async Task<ProveResult> NoteAsync(WriteScope scope, Caller caller, string by, CancellationToken cancellationToken, DateTimeOffset? askedAt = null)
    {
        PersonSession? session = await scope.Db.Set<PersonSession>()
            .SingleOrDefaultAsync(row => row.Id == caller.SessionId && row.PersonId == caller.Id && row.EndedAt == null, cancellationToken).ConfigureAwait(false);
        if (session is null || askedAt < session.ProvedAt)
        {
            return ProveResult.Wrong;
        }

        session.ProvedAt = scope.Now;
        scope.Record(caller, AuditAct.IdentityProved, subject: caller.Id.ToString(), details: new Dictionary<string, object?> { ["by"] = by });
        return ProveResult.Proved;
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
