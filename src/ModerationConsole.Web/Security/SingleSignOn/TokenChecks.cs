using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Checks what providers sign: ID tokens, logout tokens and the access tokens of services. Keys that are not known are asked for once.</summary>
internal sealed class TokenChecks(TimeProvider clock)
{
    /// <summary>How far a provider's clock may be from ours.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    // Old enough to have been tried again for a while, too young to be stored up.
    private static readonly TimeSpan s_logoutAge = TimeSpan.FromMinutes(5);

    // Signatures by keys that only the provider has. A shared secret, or none, vouches for nothing.
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    // Nothing else that a provider signs for the same audience may pass for an access token (RFC 9068, 4).
    private static readonly string[] s_accessTypes = [ProviderOptions.AccessType, "application/at+jwt"];
    private static readonly string[] s_plainTypes = [.. s_accessTypes, ProviderOptions.PlainType];

    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 64 * 1024 };

    /// <summary>The checks of a nonce and of what the ID token says of other tokens are the protocol library's.</summary>
    private static readonly OpenIdConnectProtocolValidator s_protocol = new() { RequireStateValidation = false, NonceLifetime = TimeSpan.FromMinutes(15) };

    /// <summary>A nonce for one sign-in.</summary>
    public static string NewNonce() => s_protocol.GenerateNonce();

    /// <summary>Checks an ID token that came with a code: signature, issuer, audience, times, nonce and the access token's hash.</summary>
    /// <exception cref="SignInProblemException">It does not hold.</exception>
    public async Task<JsonWebToken> SignInAsync(IdentityProvider provider, string idToken, string accessToken, string? nonce, CancellationToken cancellationToken)
    {
        JsonWebToken token = await CheckAsync(provider, idToken, needsExpiry: true, cancellationToken);
        try
        {
            s_protocol.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = provider.Options.ClientId,
                Nonce = nonce,
                ProtocolMessage = new OpenIdConnectMessage { IdToken = idToken, AccessToken = accessToken },
                ValidatedIdToken = new JwtSecurityToken(idToken),
            });
        }
        catch (OpenIdConnectProtocolException error)
        {
            throw new SignInProblemException(SignInProblem.Refuted, error.GetType().Name);
        }

        return token;
    }

    /// <summary>Checks an ID token that came with a refreshed access token, where there is no nonce.</summary>
    /// <exception cref="SignInProblemException">It does not hold.</exception>
    public Task<JsonWebToken> RefreshedAsync(IdentityProvider provider, string idToken, CancellationToken cancellationToken) =>
        CheckAsync(provider, idToken, needsExpiry: true, cancellationToken);

    /// <summary>Checks a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6).</summary>
    /// <exception cref="SignInProblemException">It does not hold.</exception>
    public async Task<JsonWebToken> LogoutAsync(IdentityProvider provider, string logoutToken, CancellationToken cancellationToken)
    {
        JsonWebToken token = await CheckAsync(provider, logoutToken, needsExpiry: false, cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        bool holds = token.TryGetPayloadValue("iat", out long issued)
            && DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(issued, 0, 253_402_300_799)) is var at && at > now - s_logoutAge && at < now + Skew
            && token.TryGetPayloadValue("events", out System.Text.Json.JsonElement events)
            && events.ValueKind == System.Text.Json.JsonValueKind.Object
            && events.TryGetProperty(LogoutEvent, out System.Text.Json.JsonElement happened) && happened.ValueKind == System.Text.Json.JsonValueKind.Object
            && token.Id.Length > 0
            && !token.TryGetPayloadValue("nonce", out object? _)
            && (token.Subject.Length > 0 || (token.TryGetPayloadValue("sid", out string? session) && session?.Length > 0));
        return holds ? token : throw new SignInProblemException(SignInProblem.Refuted, "logout token");
    }

    /// <summary>Checks an access token that a service asked for in its own name (RFC 9068, 4), and says which client that is.</summary>
    /// <exception cref="SignInProblemException">It does not hold, or stands for a person.</exception>
    public async Task<(JsonWebToken Token, string Client)> ServiceAsync(IdentityProvider provider, string accessToken, CancellationToken cancellationToken)
    {
        ProviderOptions settings = provider.Options;
        bool plain = settings.ServiceTokenType == ProviderOptions.PlainType;
        JsonWebToken token = await CheckAsync(provider, accessToken, needsExpiry: true, cancellationToken, plain ? s_plainTypes : s_accessTypes);
        return token.TryGetPayloadValue(settings.ServiceClientClaim, out string? client) && client?.Length > 0 && IsItsOwn(token.Subject, client, settings, plain)
            ? (token, client)
            : throw new SignInProblemException(SignInProblem.Refuted, "client");
    }

    // A person's token can be given to the same client: then its subject is that person. A type that says nothing vouches for no absence.
    private static bool IsItsOwn(string? subject, string client, ProviderOptions settings, bool plain) =>
        string.IsNullOrEmpty(subject) ? !plain
            : settings.ServiceSubjects.TryGetValue(client, out string? own) ? subject == own
            : subject == client;

    private async Task<JsonWebToken> CheckAsync(
        IdentityProvider provider, string text, bool needsExpiry, CancellationToken cancellationToken, string[]? accessTypes = null)
    {
        TokenValidationResult result = await ValidateAsync(provider, text, needsExpiry, accessTypes, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have changed its keys since they were read.
            provider.AskAgain();
            result = await ValidateAsync(provider, text, needsExpiry, accessTypes, cancellationToken);
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken token || (accessTypes is null && !IsForUs(token, provider.Options.ClientId)))
        {
            throw new SignInProblemException(SignInProblem.Refuted, result.Exception?.GetType().Name ?? "authorized party");
        }

        return token;
    }

    private async Task<TokenValidationResult> ValidateAsync(
        IdentityProvider provider, string text, bool needsExpiry, string[]? accessTypes, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration metadata = await provider.MetadataAsync(cancellationToken);
        return await s_handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = metadata.Issuer,
            ValidAudience = accessTypes is null ? provider.Options.ClientId : provider.Options.ServiceAudience,
            ValidTypes = accessTypes,
            IssuerSigningKeys = metadata.SigningKeys,
            ValidAlgorithms = s_algorithms,
            // It takes the place of the library's own check, that there is an end included.
            LifetimeValidator = (from, until, _, _) => (until is not null || !needsExpiry) && IsNow(from, until),
        });
    }

    private bool IsNow(DateTime? from, DateTime? until)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return (until is null || until > now - Skew) && (from is null || from < now + Skew);
    }

    // Where a token is for several, or names who may use it, that must be us.
    private static bool IsForUs(JsonWebToken token, string clientId) =>
        token.TryGetPayloadValue("azp", out string? party) ? party == clientId : token.Audiences.Count() == 1;
}
