using System.Globalization;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Codes of an app by RFC 6238: six digits, a new one each 30 s. A code is good once, and one step early or late.</summary>
public static class Authenticator
{
    private const string LastStep = "AuthenticatorStep";

    // RFC 4226, section 4: 160 bits are recommended.
    private const int SecretBytes = 20;

    /// <summary>Under which a secret is kept with its account.</summary>
    internal const string SecretName = "AuthenticatorSecret";

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>A new secret, in base 32.</summary>
    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));

    /// <summary>What an app reads from a picture or a link.</summary>
    public static Uri LinkFor(string secret, string account, string issuer) => new OtpUri(OtpType.Totp, secret, account, issuer).ToUri();

    /// <summary>Whether what is kept with an account under this name is a secret.</summary>
    internal static bool IsSecret(string provider, string name) => provider == OneTimePassword.Provider && name == SecretName;

    /// <summary>Which step of time a code belongs to; null where it is no code of this secret at this time.</summary>
    internal static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        try
        {
            Totp codes = new(Base32Encoding.ToBytes(secret));
            return codes.VerifyTotp(now.UtcDateTime, code, out long step, new VerificationWindow(previous: 1, future: 1)) ? step : null;
        }
        catch (ArgumentException)
        {
            // Not a secret of ours.
            return null;
        }
    }

    /// <summary>Keeps a secret, and that the code it was confirmed with is spent.</summary>
    internal static async Task KeepAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, string secret, long step)
    {
        await manager.SetAuthenticationTokenAsync(account, OneTimePassword.Provider, SecretName, secret).OrThrowAsync().ConfigureAwait(false);
        await SpendAsync(manager, account, step).ConfigureAwait(false);
    }

    /// <summary>Forgets the secret.</summary>
    internal static async Task ForgetAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account)
    {
        await manager.RemoveAuthenticationTokenAsync(account, OneTimePassword.Provider, SecretName).OrThrowAsync().ConfigureAwait(false);
        await manager.RemoveAuthenticationTokenAsync(account, OneTimePassword.Provider, LastStep).OrThrowAsync().ConfigureAwait(false);
    }

    /// <summary>Takes a code: false where it is wrong, or was taken before.</summary>
    internal static async Task<bool> TakeAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, string code, DateTimeOffset now)
    {
        string? secret = await manager.GetAuthenticationTokenAsync(account, OneTimePassword.Provider, SecretName).ConfigureAwait(false);
        string? last = await manager.GetAuthenticationTokenAsync(account, OneTimePassword.Provider, LastStep).ConfigureAwait(false);
        if (secret is null || StepOf(secret, code, now) is not { } step || (long.TryParse(last, CultureInfo.InvariantCulture, out long spent) && step <= spent))
        {
            return false;
        }

        await SpendAsync(manager, account, step).ConfigureAwait(false);
        return true;
    }

    private static Task SpendAsync(UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, long step) =>
        manager.SetAuthenticationTokenAsync(account, OneTimePassword.Provider, LastStep, step.ToString(CultureInfo.InvariantCulture)).OrThrowAsync();
}
