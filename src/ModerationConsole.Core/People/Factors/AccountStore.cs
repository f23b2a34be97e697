using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>The framework's store of accounts, which keeps secrets of second factors encrypted.</summary>
internal sealed class AccountStore(ConsoleDbContext db, IdentityErrorDescriber errors, IServiceProvider services)
    : UserStore<IdentityUser<Guid>, IdentityRole<Guid>, ConsoleDbContext, Guid>(db, errors)
{
    /// <summary>How a value begins that is encrypted: a secret in base 32 has no such letters.</summary>
    public const string Closed = "closed:";

    /// <inheritdoc />
    public override Task SetTokenAsync(IdentityUser<Guid> user, string loginProvider, string name, string? value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        string? kept = value is not null && Authenticator.IsSecret(loginProvider, name) ? Closed + Safe().Close(user.Id, value) : value;
        return base.SetTokenAsync(user, loginProvider, name, kept, cancellationToken);
    }

    /// <inheritdoc />
    public override async Task<string?> GetTokenAsync(IdentityUser<Guid> user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        string? kept = await base.GetTokenAsync(user, loginProvider, name, cancellationToken).ConfigureAwait(false);
        // One that stands open was stored before, or by a node of the version before: CloseOldSecrets encrypts it.
        return kept is not null && Authenticator.IsSecret(loginProvider, name) && kept.StartsWith(Closed, StringComparison.Ordinal) ? Safe().Open(user.Id, kept[Closed.Length..]) : kept;
    }

    // Asked for only where there is a secret: what has no web keeps none.
    private IFactorSafe Safe() => services.GetRequiredService<IFactorSafe>();
}
