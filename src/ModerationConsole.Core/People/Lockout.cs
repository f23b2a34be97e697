using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace ModerationConsole.Core.People;

/// <summary>How long an account is locked after wrong passwords; kept with the account, forgotten when its person signs in.</summary>
internal static class Lockout
{
    /// <summary>Wrong passwords in a row before a lock.</summary>
    public const int Tries = 5;

    private const string TokenName = "Lockouts";
    private static readonly TimeSpan s_first = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>Counts one more lock and returns how long it lasts: twice as long as the one before, up to an hour.</summary>
    public static async Task<TimeSpan> NextAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account)
    {
        string? stored = await manager.GetAuthenticationTokenAsync(account, OneTimePassword.Provider, TokenName).ConfigureAwait(false);
        int earlier = Math.Min(int.TryParse(stored, CultureInfo.InvariantCulture, out int count) ? count : 0, 10);
        await manager.SetAuthenticationTokenAsync(account, OneTimePassword.Provider, TokenName, (earlier + 1).ToString(CultureInfo.InvariantCulture))
            .OrThrowAsync().ConfigureAwait(false);
        TimeSpan duration = s_first * Math.Pow(2, earlier);
        return duration < s_longest ? duration : s_longest;
    }

    /// <summary>The person is in again: the next lock is a short one.</summary>
    public static Task ForgetAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account) =>
        manager.RemoveAuthenticationTokenAsync(account, OneTimePassword.Provider, TokenName).OrThrowAsync();
}
