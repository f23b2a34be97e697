using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using ModerationConsole.Web.Api;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Lets services in by the access token in their <c>Authorization</c> header (RFC 6750, RFC 9068).</summary>
internal sealed class ServiceTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    IdentityProviders providers, TokenChecks checks, ServiceClients clients)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>What the header begins with.</summary>
    public const string Start = "Bearer ";

    private static readonly AuthenticateResult s_refused = AuthenticateResult.Fail("The token opens nothing.");

    private bool _away;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        string text = header[Start.Length..].Trim();
        if (ProviderOf(text) is not { } provider)
        {
            return s_refused;
        }

        try
        {
            (JsonWebToken token, string client) = await checks.ServiceAsync(provider, text, Context.RequestAborted);
            return clients.Of(provider.Options, client) is { } service
                // A connection that outlives the request ends with the token.
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    service.ToPrincipal(Context.Connection.RemoteIpAddress, requestsPerSecond: null),
                    new AuthenticationProperties { ExpiresUtc = new DateTimeOffset(token.ValidTo, TimeSpan.Zero) },
                    ProgramClaims.ServiceScheme))
                : s_refused;
        }
        catch (SignInProblemException)
        {
            return s_refused;
        }
        catch (ProviderAwayException)
        {
            _away = true;
            return s_refused;
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_away)
        {
            Response.Headers.RetryAfter = "5";
            return ApiErrors.WriteAsync(Context, StatusCodes.Status503ServiceUnavailable, "The provider of the token cannot be asked for its keys.");
        }

        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return ApiErrors.WriteAsync(Context, StatusCodes.Status401Unauthorized, "The access token opens nothing.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiErrors.WriteAsync(Context, StatusCodes.Status403Forbidden);

    // What a token says of itself before it is checked only chooses who checks it.
    private IdentityProvider? ProviderOf(string text)
    {
        try
        {
            JsonWebToken token = new(text);
            return providers.All.FirstOrDefault(provider => provider.Options.Services.Count > 0
                && provider.Options.Authority.TrimEnd('/') == token.Issuer.TrimEnd('/')
                && token.Audiences.Contains(provider.Options.ServiceAudience, StringComparer.Ordinal));
        }
        catch (ArgumentException)
        {
            // No token at all.
            return null;
        }
    }
}
