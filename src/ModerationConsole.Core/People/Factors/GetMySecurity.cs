using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>How a person's own account is kept.</summary>
/// <param name="Email">What they sign in with.</param>
/// <param name="SecondFactor">Whether signing in takes a code, too.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are still good.</param>
/// <param name="Required">Whether a role of theirs demands a second factor.</param>
/// <param name="Password">Whether they have a password here.</param>
/// <param name="Passkeys">How many passkeys they have.</param>
/// <param name="Proved">Whether they proved lately who they are.</param>
public sealed record MySecurity(string Email, bool SecondFactor, int RecoveryCodesLeft, bool Required, bool Password, int Passkeys, bool Proved);

/// <summary>Reads how the caller's own account is kept.</summary>
[Requires(Permission.UseConsole)]
public sealed class GetMySecurity(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IRecentProof proof, IOptions<SecondFactorOptions> options) : IUseCase
{
    /// <summary>Reads it; null when the caller is no person.</summary>
    public async Task<MySecurity?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetMySecurity>(caller, cancellationToken).ConfigureAwait(false);
        bool proved = await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false);
        (string provider, string name) = RecoveryCodes.Place;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var row = await db.Users.Where(account => account.Id == caller.Id).Select(account => new
            {
                account.Email,
                account.TwoFactorEnabled,
                Password = account.PasswordHash != null,
                Passkeys = db.Set<IdentityUserPasskey<Guid>>().Count(passkey => passkey.UserId == account.Id),
                Codes = db.Set<IdentityUserToken<Guid>>()
                    .Where(token => token.UserId == account.Id && token.LoginProvider == provider && token.Name == name).Select(token => token.Value).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return row is null
                ? null
                : new MySecurity(
                    row.Email ?? "", row.TwoFactorEnabled, row.TwoFactorEnabled ? RecoveryCodes.Left(row.Codes) : 0,
                    await db.NeedsSecondFactorAsync(caller.Id, options.Value, cancellationToken).ConfigureAwait(false), row.Password, row.Passkeys, proved);
        }
    }
}
