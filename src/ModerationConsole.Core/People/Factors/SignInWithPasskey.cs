using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Core.People.Factors;

/// <summary>
/// Signs in by passkey: something the person has, opened by something they are or know, so no other factor is asked for. It cannot be
/// guessed, so wrong passwords of others do not lock it out.
/// </summary>
[Anonymous("Signing in is how a person becomes known.")]
public sealed class SignInWithPasskey(WritePath writes, Accounts accounts, IOptionsMonitor<SingleSignOnOptions> singleSignOn) : IUseCase
{
    /// <summary>Signs in.</summary>
    public async Task<SignInOutcome> RunAsync(CheckedPasskey passkey, string? browser, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        if (!singleSignOn.CurrentValue.LocalAccounts)
        {
            return new SignInOutcome(SignInResult.LocalAccountsOff);
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                byte[] id = passkey.Passkey.CredentialId;
                if (await scope.FindPersonAsync(passkey.PersonId, cancel).ConfigureAwait(false) is not var (person, account)
                    || !passkey.Passkey.IsUserVerified || account.PasswordHash is null
                    || !await scope.Db.Set<IdentityUserPasskey<Guid>>().AnyAsync(row => row.UserId == account.Id && row.CredentialId == id, cancel).ConfigureAwait(false)
                    || await scope.Db.Set<PersonSession>().AnyAsync(row => row.Id == passkey.Id, cancel).ConfigureAwait(false))
                {
                    return SignInFailures.Record(scope, null, "passkey");
                }

                if (person.Disabled)
                {
                    SignInFailures.Record(scope, account, "disabled");
                    return new SignInOutcome(SignInResult.Disabled);
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                // How often it was used, by which a copy would be noticed.
                await manager.AddOrUpdatePasskeyAsync(account, passkey.Passkey).OrThrowAsync().ConfigureAwait(false);
                scope.Record(Caller.Person(account.Id), AuditAct.SignedIn, subject: account.Id.ToString());
                SessionStart start = new(SessionMethod.Passkey, browser);
                return new SignInOutcome(SignInResult.SignedIn, SessionOpening.Open(scope, person, account, start, passkey.Id));
            },
            cancellationToken).ConfigureAwait(false);
    }
}
