using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace ModerationConsole.Core.People;

/// <summary>Marks a password that an administrator gave: it opens nothing but the choice of one's own.</summary>
internal static class OneTimePassword
{
    /// <summary>Under which the console keeps its own notes with an account.</summary>
    public const string Provider = "Console";

    private const string TokenName = "OneTimePassword";

    // No look-alikes (0 O, 1 l I): people read it from a screen or a letter.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A new random password, about 93 bits.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, 16);

    public static async Task<bool> IsSetAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account) =>
        await manager.GetAuthenticationTokenAsync(account, Provider, TokenName).ConfigureAwait(false) is not null;

    public static Task MarkAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account) =>
        manager.SetAuthenticationTokenAsync(account, Provider, TokenName, "yes").OrThrowAsync();

    public static Task ClearAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account) =>
        manager.RemoveAuthenticationTokenAsync(account, Provider, TokenName).OrThrowAsync();
}
