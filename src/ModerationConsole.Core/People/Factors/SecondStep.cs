using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>What a browser holds between the two steps of a sign-in. The web keeps it from being read or changed.</summary>
/// <param name="SessionId">Id of the session that it may open, once.</param>
/// <param name="PersonId">Whose password was right.</param>
/// <param name="Stamp">The account's security stamp then.</param>
/// <param name="ExpiresAt">Until when it is good, UTC.</param>
/// <param name="SetsUp">Whether it lets the person set up a second factor, rather than use one.</param>
/// <param name="Email">What they sign in with, for the app in which a second factor is set up.</param>
public sealed record SignInTicket(Guid SessionId, Guid PersonId, string Stamp, DateTimeOffset ExpiresAt, bool SetsUp, string Email);

/// <summary>The step of a sign-in that follows on the right password.</summary>
internal static class SecondStep
{
    private static readonly TimeSpan s_toType = TimeSpan.FromMinutes(5);

    // Time enough to find an app for it.
    private static readonly TimeSpan s_toSetUp = TimeSpan.FromMinutes(20);

    /// <summary>What is wanted beyond the password; null where nothing is.</summary>
    public static async Task<SignInOutcome?> OfAsync(WriteScope scope, IdentityUser<Guid> account, SecondFactorOptions options, CancellationToken cancellationToken)
    {
        if (account.TwoFactorEnabled)
        {
            return new SignInOutcome(SignInResult.NeedsCode, Ticket: Issue(scope, account, setsUp: false));
        }

        if (!await scope.Db.NeedsSecondFactorAsync(account.Id, options, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        // Whoever has a passkey must not be passed by with a password and an app of somebody else's.
        return await scope.Db.HasPasskeyAsync(account.Id, cancellationToken).ConfigureAwait(false)
            ? new SignInOutcome(SignInResult.NeedsPasskey)
            : new SignInOutcome(SignInResult.NeedsSecondFactor, Ticket: Issue(scope, account, setsUp: true));
    }

    /// <summary>Whether a person has a passkey.</summary>
    public static Task<bool> HasPasskeyAsync(this ConsoleDbContext db, Guid personId, CancellationToken cancellationToken) =>
        db.Set<IdentityUserPasskey<Guid>>().AnyAsync(row => row.UserId == personId, cancellationToken);

    /// <summary>
    /// Whose ticket it is; null where it is good no more: its time is over, the account changed, or it opened a session already.
    /// </summary>
    public static async Task<(Moderator Person, IdentityUser<Guid> Account)?> AccountOfAsync(WriteScope scope, SignInTicket ticket, bool setsUp, CancellationToken cancellationToken)
    {
        if (ticket.ExpiresAt <= scope.Now || ticket.SetsUp != setsUp
            || await scope.FindPersonAsync(ticket.PersonId, cancellationToken).ConfigureAwait(false) is not var (person, account)
            || person.Disabled || account.SecurityStamp != ticket.Stamp || account.TwoFactorEnabled == setsUp
            || await scope.Db.Set<PersonSession>().AnyAsync(row => row.Id == ticket.SessionId, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return (person, account);
    }

    private static SignInTicket Issue(WriteScope scope, IdentityUser<Guid> account, bool setsUp) =>
        new(Guid.CreateVersion7(), account.Id, account.SecurityStamp ?? "", scope.Now + (setsUp ? s_toSetUp : s_toType), setsUp, account.Email ?? "");
}
