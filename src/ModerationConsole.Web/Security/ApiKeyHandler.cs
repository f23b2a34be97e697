using System.Globalization;
using System.Net;
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

/// <summary>What a principal says of a program: which key, and the key's scopes.</summary>
public static class ProgramClaims
{
    private const string Scope = "console:scope";
    private const string Rate = "console:rate";
    private const string From = "console:from";

    /// <summary>The principal of a program.</summary>
    /// <param name="from">The address that it asks from.</param>
    /// <param name="requestsPerSecond">What it may ask for a second; null for what every program may.</param>
    public static ClaimsPrincipal ToPrincipal(this Caller program, IPAddress? from, int? requestsPerSecond)
    {
        ArgumentNullException.ThrowIfNull(program);
        List<Claim> claims = [new Claim(ClaimTypes.NameIdentifier, program.Id.ToString()), .. program.Scopes.Select(scope => new Claim(Scope, scope.ToString()))];
        if (from is not null)
        {
            claims.Add(new Claim(From, from.ToString()));
        }

        if (requestsPerSecond is { } rate)
        {
            claims.Add(new Claim(Rate, rate.ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, ApiKeyHandler.ApiKeyScheme));
    }

    /// <summary>The address that a program asked from when it was let in.</summary>
    public static IPAddress? ProgramAddress(this ClaimsPrincipal principal) =>
        IPAddress.TryParse(principal.FindFirstValue(From), out IPAddress? address) ? address : null;

    /// <summary>What the program may ask for a second by its own key; null for what every program may.</summary>
    public static int? ProgramRate(this ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirstValue(Rate), NumberStyles.None, CultureInfo.InvariantCulture, out int rate) ? rate : null;

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
