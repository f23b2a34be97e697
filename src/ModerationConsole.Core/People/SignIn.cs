using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Core.People;

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInResult
{
    /// <summary>Signed in.</summary>
    SignedIn,

    /// <summary>Unknown address or wrong password; which of the two is not told.</summary>
    Failed,

    /// <summary>Too many wrong passwords; <see cref="SignInOutcome.LockedUntil"/> says until when.</summary>
    LockedOut,

    /// <summary>The password was right, but the person was disabled.</summary>
    Disabled,

    /// <summary>The password was right and good for one use: one of their own must be chosen first.</summary>
    MustChoosePassword,

    /// <summary>This console keeps no passwords: people sign in with a provider.</summary>
    LocalAccountsOff,

    /// <summary>The password was right; a code of the second factor is wanted, too.</summary>
    NeedsCode,

    /// <summary>The password was right, but a role of the person demands a second factor, and they must set one up first.</summary>
    NeedsSecondFactor,

    /// <summary>The password was right, but a role of the person demands a second factor, and the one they have is a passkey.</summary>
    NeedsPasskey,
}

/// <summary>Outcome of signing in.</summary>
/// <param name="Session">What the session is bound to, when signed in.</param>
/// <param name="LockedUntil">End of the lock, UTC, when locked out.</param>
/// <param name="Ticket">What the browser goes on with, when another step is wanted.</param>
public sealed record SignInOutcome(SignInResult Result, Session? Session = null, DateTimeOffset? LockedUntil = null, SignInTicket? Ticket = null);

/// <summary>A person's signed-in session, as their browser holds it. It ends with its row and when the account's stamp changes.</summary>
/// <param name="Id">Of the <see cref="PersonSession"/>.</param>
/// <param name="PersonId">Who.</param>
/// <param name="Stamp">The account's security stamp at sign-in.</param>
/// <param name="DisplayName">Name to greet with.</param>
public sealed record Session(Guid Id, Guid PersonId, string Stamp, string DisplayName);

/// <summary>Checks e-mail address and password, the first step of two where the account has a second factor. Five wrong passwords lock the account for five minutes, the next five for ten, and so on up to an hour.</summary>
[Anonymous("Signing in is how a person becomes known.")]
public sealed class SignIn(
    WritePath writes, IDbContextFactory<ConsoleDbContext> contexts, Accounts accounts, IOptions<SecondFactorOptions> options,
    IOptionsMonitor<SingleSignOnOptions> singleSignOn) : IUseCase
{
    /// <summary>Signs in with a password.</summary>
    /// <param name="browser">What the browser says of itself, for the person's list of sessions.</param>
    public Task<SignInOutcome> RunAsync(string email, string password, CancellationToken cancellationToken, string? browser = null) =>
        CheckAsync(email, password, SessionStart.Password with { Browser = browser }, cancellationToken);

    /// <summary>Checks a password as signing in does, locks included, without being a sign-in.</summary>
    internal Task<SignInOutcome> ProveAsync(string email, string password, CancellationToken cancellationToken) =>
        CheckAsync(email, password, start: null, cancellationToken);

    private async Task<SignInOutcome> CheckAsync(string email, string password, SessionStart? start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(password);
        if (!singleSignOn.CurrentValue.LocalAccounts)
        {
            return new SignInOutcome(SignInResult.LocalAccountsOff);
        }

        string normalized = accounts.Normalize(email);
        string? hash;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            hash = await db.Users.Where(row => row.NormalizedEmail == normalized).Select(row => row.PasswordHash)
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }

        // Compared outside the write, which must stay short; the write then makes sure that this is still the password.
        bool right = password.Length <= PasswordRules.MaxLength && accounts.Verify(hash, password);
        return await writes.RunAsync(
            (scope, cancel) => RecordAsync(scope, normalized, hash, right, start, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SignInOutcome> RecordAsync(
        WriteScope scope, string email, string? hash, bool right, SessionStart? start, CancellationToken cancellationToken)
    {
        using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
        IdentityUser<Guid>? account = await scope.Db.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == email, cancellationToken).ConfigureAwait(false);
        if (account is null)
        {
            return SignInFailures.Record(scope, null, "unknown");
        }

        if (account.LockoutEnd > scope.Now)
        {
            SignInFailures.Record(scope, account, "locked");
            return new SignInOutcome(SignInResult.LockedOut, LockedUntil: account.LockoutEnd);
        }

        if (!right || account.PasswordHash != hash)
        {
            return await SignInFailures.CountAsync(scope, manager, account, "password").ConfigureAwait(false);
        }

        Moderator person = await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == account.Id, cancellationToken).ConfigureAwait(false);
        if (person.Disabled)
        {
            SignInFailures.Record(scope, account, "disabled");
            return new SignInOutcome(SignInResult.Disabled);
        }

        if (await OneTimePassword.IsSetAsync(manager, account).ConfigureAwait(false))
        {
            return new SignInOutcome(SignInResult.MustChoosePassword);
        }

        // With a second factor the wrong tries go on counting until its code was right, too: who has the password must not guess on.
        if (!account.TwoFactorEnabled)
        {
            await SignInFailures.ForgetAsync(manager, account).ConfigureAwait(false);
        }

        if (start is null)
        {
            return new SignInOutcome(SignInResult.SignedIn);
        }

        if (await SecondStep.OfAsync(scope, account, options.Value, cancellationToken).ConfigureAwait(false) is { } step)
        {
            return step;
        }

        scope.Record(Caller.Person(account.Id), AuditAct.SignedIn, subject: account.Id.ToString());
        return new SignInOutcome(SignInResult.SignedIn, SessionOpening.Open(scope, person, account, start));
    }
}
