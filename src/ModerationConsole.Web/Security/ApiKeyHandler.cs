using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
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

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues header))
        {
            return AuthenticateResult.NoResult();
        }

        return header is [{ } key] && await authenticate.RunAsync(key, Context.RequestAborted) is { } program
            ? AuthenticateResult.Success(new AuthenticationTicket(program.ToPrincipal(), ApiKeyScheme))
            : AuthenticateResult.Fail("The key opens nothing.");
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        ApiErrors.WriteAsync(Context, StatusCodes.Status401Unauthorized);

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiErrors.WriteAsync(Context, StatusCodes.Status403Forbidden);
}

/// <summary>What a principal says of a program: which key, and the key's scopes.</summary>
public static class ProgramClaims
{
    private const string Scope = "console:scope";

    /// <summary>The principal of a program.</summary>
    public static ClaimsPrincipal ToPrincipal(this Caller program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, program.Id.ToString()),
                .. program.Scopes.Select(scope => new Claim(Scope, scope.ToString())),
            ],
            ApiKeyHandler.ApiKeyScheme));
    }

    /// <summary>The program that asks; null for people and strangers.</summary>
    public static Caller? ToProgram(this ClaimsPrincipal? principal) =>
        principal?.Identity is { IsAuthenticated: true, AuthenticationType: ApiKeyHandler.ApiKeyScheme }
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id)
            ? Caller.ApiKey(id, principal.FindAll(Scope).Select(claim => Enum.Parse<Permission>(claim.Value)).ToHashSet())
            : null;

    /// <summary>The program that asks at an endpoint which only programs reach.</summary>
    public static Caller Program(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.ToProgram() ?? throw new InvalidOperationException("This endpoint lets others in than programs.");
    }
}
