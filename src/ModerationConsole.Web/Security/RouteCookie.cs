using System.Security.Cryptography;

namespace ModerationConsole.Web.Security;

/// <summary>
/// Gives each browser a random value to be balanced by, so that a proxy sends all of a page's requests to the node that holds its
/// circuit. It says nothing about who it is and opens nothing.
/// </summary>
public static class RouteCookie
{
    /// <summary>The cookie's name; without a hyphen, because nginx makes a variable of it.</summary>
    public const string Name = "moderation_console_route";

    private const int Bytes = 8;

    /// <summary>Sets it with the first page that a browser asks for. Programs get none.</summary>
    public static IApplicationBuilder UseRouteCookie(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) && !context.Request.Cookies.ContainsKey(Name)
            && context.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true))
        {
            context.Response.Cookies.Append(Name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                Path = "/",
            });
        }

        return next(context);
    });
}
