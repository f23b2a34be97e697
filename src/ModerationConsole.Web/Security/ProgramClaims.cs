using System.Globalization;
using System.Net;
using System.Security.Claims;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Security;

/// <summary>What a principal says of a program: which key or service, and what it may do.</summary>
public static class ProgramClaims
{
    /// <summary>Name of the scheme by which programs come in, with a key or a token.</summary>
    public const string ProgramScheme = "Program";

    /// <summary>Name of the scheme of services with a token.</summary>
    public const string ServiceScheme = "ServiceToken";

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

        return new ClaimsPrincipal(new ClaimsIdentity(claims, program.Kind == CallerKind.Service ? ServiceScheme : ApiKeyHandler.ApiKeyScheme));
    }

    /// <summary>The address that a program asked from when it was let in.</summary>
    public static IPAddress? ProgramAddress(this ClaimsPrincipal principal) =>
        IPAddress.TryParse(principal.FindFirstValue(From), out IPAddress? address) ? address : null;

    /// <summary>What the program may ask for a second by its own key; null for what every program may.</summary>
    public static int? ProgramRate(this ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirstValue(Rate), NumberStyles.None, CultureInfo.InvariantCulture, out int rate) ? rate : null;

    /// <summary>The program that asks; null for people and strangers.</summary>
    public static Caller? ToProgram(this ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity
            || !Guid.TryParse(identity.FindFirst(ClaimTypes.NameIdentifier)?.Value, out Guid id))
        {
            return null;
        }

        return identity.AuthenticationType switch
        {
            ApiKeyHandler.ApiKeyScheme => Caller.ApiKey(id, Scopes()),
            ServiceScheme => Caller.Service(id, Scopes()),
            _ => null,
        };

        HashSet<Permission> Scopes() => [.. identity.FindAll(Scope).Select(claim => Enum.Parse<Permission>(claim.Value))];
    }

    /// <summary>The program that asks at an endpoint which only programs reach.</summary>
    public static Caller Program(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.ToProgram() ?? throw new InvalidOperationException("This endpoint lets others in than programs.");
    }
}
