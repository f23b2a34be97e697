using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using ModerationConsole.Core.People.Factors;

namespace ModerationConsole.Web.Security;

/// <summary>
/// Keeps in the browser what goes on between the two steps of a sign-in: in a cookie that nobody can read or change, that is sent
/// from this console's own pages only, and that is worth nothing in another browser.
/// </summary>
internal sealed class SignInTickets(IDataProtectionProvider protection)
{
    /// <summary>Name of the cookie.</summary>
    public const string CookieName = "moderation-console-step";

    private const string Path = "/account";

    private readonly IDataProtector _protector = protection.CreateProtector("ModerationConsole.SignInTicket");

    /// <summary>Gives the browser a ticket.</summary>
    public void Give(HttpContext context, SignInTicket ticket)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(new Held(ticket, BrowserOf(context)));
        context.Response.Cookies.Append(CookieName, Convert.ToBase64String(_protector.Protect(bytes)), Options(context));
    }

    /// <summary>The ticket that the browser holds; null where it holds none that was given to it.</summary>
    public SignInTicket? Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 and < 4_000 } cookie)
        {
            return null;
        }

        try
        {
            Held? held = JsonSerializer.Deserialize<Held>(_protector.Unprotect(Convert.FromBase64String(cookie)));
            return held?.Browser == BrowserOf(context) ? held.Ticket : null;
        }
        catch (Exception error) when (error is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes it from the browser again.</summary>
    public static void Take(HttpContext context) => context.Response.Cookies.Delete(CookieName, Options(context));

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = Path,
    };

    private static string BrowserOf(HttpContext context) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers.UserAgent.ToString())));

    private sealed record Held(SignInTicket Ticket, string Browser);
}
