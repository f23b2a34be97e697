using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>What is kept of a provider's answer.</summary>
/// <param name="Refresh">With what it is asked again; null where it gave none.</param>
/// <param name="Id">The ID token, which signing out there takes.</param>
internal sealed record KeptTokens(string? Refresh, string? Id);

/// <summary>Encrypts tokens before they are stored, with the keys of cookies.</summary>
internal sealed class TokenSafe(IDataProtectionProvider protection)
{
    private const int Longest = 32 * 1024;
    private readonly IDataProtector _protector = protection.CreateProtector("SingleSignOn.Tokens");

    /// <summary>Tokens as they are stored. An ID token of unusual size is left out: it is only a courtesy.</summary>
    public string Close(KeptTokens tokens)
    {
        string text = JsonSerializer.Serialize(tokens.Id?.Length > Longest ? tokens with { Id = null } : tokens);
        return _protector.Protect(text);
    }

    /// <summary>Tokens as they were; none where the keys are gone.</summary>
    public KeptTokens Open(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptTokens>(_protector.Unprotect(stored)) ?? new KeptTokens(null, null);
        }
        catch (CryptographicException)
        {
            return new KeptTokens(null, null);
        }
    }
}
