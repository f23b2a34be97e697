using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>How signing in at a provider's word ended.</summary>
public enum ProviderSignInResult
{
    /// <summary>Signed in.</summary>
    SignedIn,

    /// <summary>None of the person's groups has a role here.</summary>
    NoRole,

    /// <summary>The person's groups give roles that are to stay apart.</summary>
    Apart,

    /// <summary>The person was disabled here.</summary>
    Disabled,

    /// <summary>The provider names no e-mail address, without which nobody can be added.</summary>
    NoEmail,

    /// <summary>An account that is not linked to the provider has the address already.</summary>
    EmailTaken,
}

/// <summary>Outcome of signing in at a provider's word.</summary>
/// <param name="Session">What the session is bound to, when signed in.</param>
public sealed record ProviderSignInOutcome(ProviderSignInResult Result, Session? Session = null);

/// <summary>
/// Lets in whom a provider vouches for. A person is who issuer and subject say, never who has an address; one who is not known
/// yet is added. Their roles are what their groups say, each time: what was given otherwise is taken back.
/// </summary>
[Anonymous("Signing in is how a person becomes known; the provider's signature was checked before.")]
public sealed class SignInWithProvider(
    WritePath writes, IAccessGuard guard, Accounts accounts, IOptionsMonitor<SingleSignOnOptions> options,
    IEnumerable<IPersonObserver> observers, Separation separation) : IUseCase
{
    /// <summary>Signs <paramref name="person"/> in.</summary>
    /// <param name="tokens">The provider's tokens, encrypted.</param>
    /// <param name="browser">What the browser says of itself, for the person's list of sessions.</param>
    public Task<ProviderSignInOutcome> RunAsync(ProvenPerson person, string tokens, string? browser, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ProviderOptions provider = options.CurrentValue.Providers[person.Provider];
        return writes.RunAsync((scope, cancel) => LetInAsync(scope, provider, person, tokens, browser, cancel), cancellationToken);
    }

    private async Task<ProviderSignInOutcome> LetInAsync(
        WriteScope scope, ProviderOptions provider, ProvenPerson proven, string tokens, string? browser, CancellationToken cancellationToken)
    {
        IReadOnlySet<string> roles = await RoleChange.GrantableAsync(scope, provider.RolesOf(proven.Groups), cancellationToken).ConfigureAwait(false);
        string key = ProviderKey.Of(proven.Subject);
        Guid? known = await scope.Db.UserLogins.Where(row => row.LoginProvider == proven.Issuer && row.ProviderKey == key)
            .Select(row => (Guid?)row.UserId).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            bool apart = await separation.ForbidsAsync(scope, null, roles, cancellationToken).ConfigureAwait(false);
            (ProviderSignInResult result, known) = roles.Count == 0 ? (ProviderSignInResult.NoRole, null)
                : apart ? (ProviderSignInResult.Apart, null)
                : await AdmitAsync(scope, provider, proven, key, cancellationToken).ConfigureAwait(false);
            if (known is null)
            {
                return Refuse(scope, proven, null, result);
            }
        }

        (Moderator person, IdentityUser<Guid> account) = (await scope.FindPersonAsync(known.Value, cancellationToken).ConfigureAwait(false))!.Value;
        ProviderSignInResult none = ProviderSignInResult.NoRole;
        if (await separation.ForbidsAsync(scope, person.Id, roles, cancellationToken).ConfigureAwait(false))
        {
            // Which of them was meant cannot be told here, so none is given.
            (roles, none) = (new HashSet<string>(), ProviderSignInResult.Apart);
        }

        RoleChange change = await RoleChange.ToAsync(scope, person.Id, roles, cancellationToken).ConfigureAwait(false);
        if (await change.ApplyAsync(scope, Caller.System, cancellationToken).ConfigureAwait(false))
        {
            scope.TellOf(person.Id, PersonChange.Access, guard);
        }

        if (roles.Count == 0)
        {
            // Whoever is in no group any more is not to go on elsewhere either.
            using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
            await manager.UpdateSecurityStampAsync(account).OrThrowAsync().ConfigureAwait(false);
            await EndSessions.OfPersonAsync(scope, person.Id, SessionEnd.Provider, guard, cancellationToken).ConfigureAwait(false);
            await scope.LeaveAsync(observers, Caller.System, person.Id, PersonChange.SignedOut, cancellationToken).ConfigureAwait(false);
            return Refuse(scope, proven, person.Id, none);
        }

        if (person.Disabled)
        {
            return Refuse(scope, proven, person.Id, ProviderSignInResult.Disabled);
        }

        scope.Record(Caller.Person(person.Id), AuditAct.SignedIn, subject: person.Id.ToString(), details: Details(proven));
        SessionStart start = new(
            SessionMethod.Provider, browser, proven.Provider, key, proven.Session is { } session ? ProviderKey.Of(session) : null);
        Session opened = SessionOpening.Open(scope, person, account, start);
        scope.Db.Add(new ProviderGrant
        {
            SessionId = opened.Id,
            PersonId = person.Id,
            Provider = proven.Provider,
            Subject = key,
            Tokens = tokens,
            ConfirmedAt = scope.Now,
            CheckAt = scope.Now.AddMinutes(options.CurrentValue.RecheckMinutes),
        });
        return new ProviderSignInOutcome(ProviderSignInResult.SignedIn, opened);
    }

    // The account of someone who comes for the first time; null, with the reason, when they cannot have one.
    private async Task<(ProviderSignInResult Result, Guid? PersonId)> AdmitAsync(
        WriteScope scope, ProviderOptions provider, ProvenPerson proven, string key, CancellationToken cancellationToken)
    {
        if (PersonText.Email(proven.Email) is not { } email)
        {
            return (ProviderSignInResult.NoEmail, null);
        }

        string normalized = accounts.Normalize(email);
        Guid? personId = await scope.Db.Users.Where(row => row.NormalizedEmail == normalized).Select(row => (Guid?)row.Id)
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (personId is not null && !(provider.LinkVerifiedEmail && proven.EmailVerified))
        {
            return (ProviderSignInResult.EmailTaken, null);
        }

        personId ??= await AddAsync(scope, proven, email, cancellationToken).ConfigureAwait(false);
        scope.Db.UserLogins.Add(new IdentityUserLogin<Guid>
        {
            LoginProvider = proven.Issuer,
            ProviderKey = key,
            ProviderDisplayName = proven.Provider,
            UserId = personId.Value,
        });
        scope.Record(Caller.System, AuditAct.AccountLinked, subject: personId.Value.ToString(), details: Details(proven));
        return (ProviderSignInResult.SignedIn, personId);
    }

    private async Task<Guid> AddAsync(WriteScope scope, ProvenPerson proven, string email, CancellationToken cancellationToken)
    {
        using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
        IdentityUser<Guid> account = new(email) { Id = Guid.CreateVersion7(), Email = email, EmailConfirmed = proven.EmailVerified };
        await manager.CreateAsync(account).OrThrowAsync().ConfigureAwait(false);
        scope.Db.Add(new Moderator
        {
            Id = account.Id,
            DisplayName = PersonText.Name(proven.Name) ?? PersonText.Name(email.Split('@')[0]) ?? proven.Provider,
            Pseudonym = await Pseudonyms.NextAsync(scope, cancellationToken).ConfigureAwait(false),
            AddedAt = scope.Now,
        });
        // What follows looks for them.
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        scope.Record(Caller.System, AuditAct.PersonAdded, subject: account.Id.ToString(), details: Details(proven));
        scope.TellOf(account.Id, PersonChange.Added, guard);
        return account.Id;
    }

    private static ProviderSignInOutcome Refuse(WriteScope scope, ProvenPerson proven, Guid? personId, ProviderSignInResult why)
    {
        Dictionary<string, object?> details = Details(proven);
        details["reason"] = why.ToString();
        scope.Record(Caller.System, AuditAct.SignInFailed, subject: personId?.ToString(), details: details);
        return new ProviderSignInOutcome(why);
    }

    private static Dictionary<string, object?> Details(ProvenPerson proven) => new() { ["provider"] = proven.Provider };
}
