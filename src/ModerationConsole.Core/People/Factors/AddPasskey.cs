using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Adds a passkey with which the caller signs in without a password. Their other sessions end.</summary>
[Requires(Permission.UseConsole)]
public sealed class AddPasskey(WritePath writes, IAccessGuard guard, IRecentProof proof, Accounts accounts) : IUseCase
{
    /// <summary>Most that one person has.</summary>
    public const int Most = 10;

    /// <summary>Adds it.</summary>
    /// <param name="passkey">What the web has checked.</param>
    /// <param name="name">What the person calls it, up to 100 characters.</param>
    public async Task<FactorResult> RunAsync(Caller caller, CheckedPasskey passkey, string name, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AddPasskey>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(passkey);
        ArgumentNullException.ThrowIfNull(name);
        if (passkey.PersonId != caller.Id || !passkey.Passkey.IsUserVerified || PersonText.Name(name) is not { } called)
        {
            return FactorResult.NotNow;
        }

        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return FactorResult.ProveFirst;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                IQueryable<IdentityUserPasskey<Guid>> all = scope.Db.Set<IdentityUserPasskey<Guid>>();
                byte[] id = passkey.Passkey.CredentialId;
                // Who comes by an identity provider gets in as long as that says so, and by nothing else.
                if (await scope.FindPersonAsync(caller.Id, cancel).ConfigureAwait(false) is not var (_, account) || account.PasswordHash is null
                    || await all.AnyAsync(row => row.CredentialId == id, cancel).ConfigureAwait(false)
                    || await all.CountAsync(row => row.UserId == caller.Id, cancel).ConfigureAwait(false) >= Most)
                {
                    return FactorResult.NotNow;
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                passkey.Passkey.Name = called;
                await manager.AddOrUpdatePasskeyAsync(account, passkey.Passkey).OrThrowAsync().ConfigureAwait(false);
                scope.Record(caller, AuditAct.SecondFactorAdded, subject: caller.Id.ToString(), details: new Dictionary<string, object?> { ["kind"] = "passkey" });
                await EndSessions.OfPersonAsync(scope, caller.Id, SessionEnd.AccountChanged, guard, cancel, but: caller.SessionId).ConfigureAwait(false);
                scope.TellOf(caller.Id, PersonChange.Password, guard);
                return FactorResult.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
