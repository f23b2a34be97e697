using System.Security.Claims;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Security;

/// <summary>What a cookie says of a person: who, and which sign-in. What they may do is asked of the core each time.</summary>
public static class ConsoleClaims
{
    /// <summary>The cookie scheme's name.</summary>
    public const string CookieScheme = "Console";

    /// <summary>Claim of the sign-in's stamp; only a person's principal has it.</summary>
    public const string Stamp = "console:stamp";

    /// <summary>Claim of the session's id.</summary>
    public const string SessionId = "console:session";

    /// <summary>The principal of a person's session.</summary>
    public static ClaimsPrincipal ToPrincipal(this Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, session.PersonId.ToString()),
                new Claim(ClaimTypes.Name, session.DisplayName),
                new Claim(Stamp, session.Stamp),
                new Claim(SessionId, session.Id.ToString()),
            ],
            CookieScheme));
    }

    /// <summary>The session that a principal carries; null for anonymous ones and for programs.</summary>
    public static Session? ToSession(this ClaimsPrincipal? principal) =>
        principal?.Identity is { IsAuthenticated: true, AuthenticationType: CookieScheme }
        && principal.FindFirstValue(Stamp) is { } stamp
        && Guid.TryParse(principal.FindFirstValue(SessionId), out Guid session)
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id)
            ? new Session(session, id, stamp, principal.FindFirstValue(ClaimTypes.Name) ?? "")
            : null;

    /// <summary>The person who asks; null for anonymous principals and for programs.</summary>
    public static Caller? ToPerson(this ClaimsPrincipal? principal) =>
        principal.ToSession()?.ToCaller();

    /// <summary>The person of a session, asking in it.</summary>
    public static Caller ToCaller(this Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Caller.Person(session.PersonId, session.Id);
    }
}
