using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Codes for the day on which the app is lost: each is good once, and only hashes are kept.</summary>
internal static class RecoveryCodes
{
    /// <summary>How many are made at once.</summary>
    public const int Count = 10;

    private const string TokenName = "RecoveryCodes";
    private const int Letters = 16;

    // No look-alikes: they are printed and typed. 16 of 31 letters are 79 bits, so a plain hash is as good as a slow one.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    // Half of SHA-256 is plenty for this, and ten of them fit one value.
    private const int HashBytes = 16;

    /// <summary>Makes new ones in place of those there are.</summary>
    public static async Task<IReadOnlyList<string>> RenewAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account)
    {
        string[] codes = [.. Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Alphabet, Letters))];
        await StoreAsync(manager, account, codes.Select(Hash)).ConfigureAwait(false);
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }

    /// <summary>Takes one: false where it is none, or was taken before.</summary>
    public static async Task<bool> TakeAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, string code)
    {
        string plain = new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant).Take(Letters + 1)]);
        if (plain.Length != Letters)
        {
            return false;
        }

        string hash = Hash(plain);
        string[] kept = await ReadAsync(manager, account).ConfigureAwait(false);
        if (!kept.Contains(hash))
        {
            return false;
        }

        await StoreAsync(manager, account, kept.Where(other => other != hash)).ConfigureAwait(false);
        return true;
    }

    /// <summary>How many a stored value still holds.</summary>
    public static int Left(string? stored) => stored is { Length: > 0 } ? stored.Split(' ').Length : 0;

    /// <summary>Where they are kept with an account.</summary>
    public static (string Provider, string Name) Place => (OneTimePassword.Provider, TokenName);

    /// <summary>Forgets all.</summary>
    public static Task ForgetAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account) =>
        manager.RemoveAuthenticationTokenAsync(account, OneTimePassword.Provider, TokenName).OrThrowAsync();

    private static async Task<string[]> ReadAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account) =>
        (await manager.GetAuthenticationTokenAsync(account, OneTimePassword.Provider, TokenName).ConfigureAwait(false) ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Task StoreAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, IEnumerable<string> hashes) =>
        manager.SetAuthenticationTokenAsync(account, OneTimePassword.Provider, TokenName, string.Join(' ', hashes)).OrThrowAsync();

    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(code)).AsSpan(0, HashBytes));
}
