using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Factors;

namespace ModerationConsole.Core.People;

/// <summary>
/// The framework's account managers over the context of one write, so that passwords, stamps and roles commit with their
/// audit entry. Hashing takes long on purpose and is therefore done before the write, never inside it.
/// </summary>
public sealed class Accounts(
    IOptions<IdentityOptions> options,
    IPasswordHasher<IdentityUser<Guid>> hasher,
    IEnumerable<IUserValidator<IdentityUser<Guid>>> userValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<IdentityUser<Guid>>> log)
{
    // What the password of an unknown account is compared with, so that the answer takes as long as for a known one.
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(new(), Guid.NewGuid().ToString()));

    /// <summary>The manager over a write's context. What it changes is stored with the write.</summary>
    public UserManager<IdentityUser<Guid>> Over(ConsoleDbContext db)
    {
#pragma warning disable CA2000 // neither manager nor store owns anything but the context, which belongs to the write
        return new UserManager<IdentityUser<Guid>>(
            new AccountStore(db, errors, services),
            options, hasher, userValidators, [], normalizer, errors, services, log);
#pragma warning restore CA2000
    }

    /// <summary>An e-mail address as accounts are looked up by.</summary>
    public string Normalize(string email) => normalizer.NormalizeEmail(email.Trim()) ?? "";

    /// <summary>Hashes a password; takes tens of milliseconds.</summary>
    public string Hash(string password) => hasher.HashPassword(new(), password);

    /// <summary>Whether a password is the one that was hashed; takes as long without a hash.</summary>
    public bool Verify(string? hash, string password) =>
        hasher.VerifyHashedPassword(new(), hash ?? _nobodysHash.Value, password) != PasswordVerificationResult.Failed && hash is not null;
}

/// <summary>Reads the managers' answers inside a write.</summary>
internal static class AccountResults
{
    /// <summary>Makes an answer that is no success undo the write; a concurrent change makes the write run again.</summary>
    public static async Task OrThrowAsync(this Task<IdentityResult> answer)
    {
        IdentityResult result = await answer.ConfigureAwait(false);
        if (result.Succeeded)
        {
            return;
        }

        string codes = string.Join(", ", result.Errors.Select(error => error.Code));
        throw codes.Contains(nameof(IdentityErrorDescriber.ConcurrencyFailure), StringComparison.Ordinal)
            ? new DbUpdateConcurrencyException(codes)
            : new InvalidOperationException($"The account could not be changed: {codes}.");
    }
}

/// <summary>What a password must be: long. Rules of composition make weak ones.</summary>
public static class PasswordRules
{
    /// <summary>Fewest characters.</summary>
    public const int MinLength = 12;

    /// <summary>Most characters; more would only cost hashing time.</summary>
    public const int MaxLength = 200;

    /// <summary>Whether a password may be used.</summary>
    public static bool Accept(string password) => password.Length is >= MinLength and <= MaxLength && password.Distinct().Count() > 1;
}
