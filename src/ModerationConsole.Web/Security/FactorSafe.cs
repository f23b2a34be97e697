using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ModerationConsole.Core.People.Factors;

namespace ModerationConsole.Web.Security;

/// <summary>Encrypts secrets of second factors with the keys of cookies, each for its person: put into another's row it opens nothing.</summary>
internal sealed class FactorSafe(IDataProtectionProvider protection) : IFactorSafe
{
    public string Close(Guid personId, string secret) => Of(personId).Protect(secret);

    public string? Open(Guid personId, string stored)
    {
        try
        {
            return Of(personId).Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Of(Guid personId) => protection.CreateProtector("ModerationConsole.Authenticator", personId.ToString("N"));
}
