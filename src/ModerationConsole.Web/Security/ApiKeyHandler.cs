using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Api;

namespace ModerationConsole.Web.Security;

/// <summary>Lets programs in by the key in their <c>X-API-KEY</c> header.</summary>
public sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AuthenticateApiKey authenticate)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string ApiKeyScheme = "ApiKey";

    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-API-KEY";

    private bool _addressRefused;

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues header))
        {
            return AuthenticateResult.NoResult();
        }

        IPAddress? from = Context.Connection.RemoteIpAddress;
        KeyAnswer? answer = header is [{ } key] ? await authenticate.RunAsync(key, from, Context.RequestAborted) : null;
        _addressRefused = answer is { AddressRefused: true };
        return answer?.Program is { } program
            // A connection that outlives the request ends with the key.
            ? AuthenticateResult.Success(new AuthenticationTicket(
                program.ToPrincipal(from, answer.RequestsPerSecond), new AuthenticationProperties { ExpiresUtc = answer.ExpiresAt }, ApiKeyScheme))
            : AuthenticateResult.Fail("The key opens nothing.");
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => _addressRefused
        ? ApiErrors.WriteAsync(Context, StatusCodes.Status403Forbidden, "This key is not for requests from this address.")
        : ApiErrors.WriteAsync(Context, StatusCodes.Status401Unauthorized);

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiErrors.WriteAsync(Context, StatusCodes.Status403Forbidden);
}
