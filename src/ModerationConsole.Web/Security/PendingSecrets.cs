using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ModerationConsole.Web.Security;

/// <summary>
/// Carries the secret of a second factor that is being set up through the form that confirms it, so that a mistyped code does not
/// make another secret and nothing is stored before it is confirmed.
/// </summary>
internal sealed class PendingSecrets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(20);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ModerationConsole.PendingSecret").ToTimeLimitedDataProtector();

    /// <summary>What stands in the form.</summary>
    public string Pack(Guid personId, string secret) => _protector.Protect($"{personId:N}{secret}", s_lifetime);

    /// <summary>The secret; null where it is somebody else's, too old or not ours.</summary>
    public string? Unpack(Guid personId, string? packed)
    {
        try
        {
            string open = _protector.Unprotect(packed ?? "");
            return open.StartsWith(personId.ToString("N"), StringComparison.Ordinal) ? open[32..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
