using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Web.Security;

/// <summary>Sessions of people in browsers.</summary>
internal static class CookieSessions
{
    // Programs get a status; only people are sent to a form.
    private static readonly string[] s_programPaths = ["/api", "/openapi", "/hubs", "/_blazor", "/media", "/metrics", "/health"];

    public static IServiceCollection AddCookieSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthentication(ConsoleClaims.CookieScheme).AddCookie(ConsoleClaims.CookieScheme, options =>
        {
            options.Cookie.Name = "moderation-console";
            options.Cookie.HttpOnly = true;
            // Strict would leave the cookie out of the first request that follows a link from elsewhere.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // How long a session lasts is in its row; the cookie only must not end before the longest that can be set.
            options.ExpireTimeSpan = TimeSpan.FromDays(7);
            options.SlidingExpiration = true;
            options.LoginPath = "/account/login";
            options.AccessDeniedPath = "/account/denied";
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnValidatePrincipal = ValidateAsync;
            // The form itself leads on, by its own rule of what is within this console.
            options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
            options.Events.OnRedirectToLogin = context => RedirectOrAnswer(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => RedirectOrAnswer(context, StatusCodes.Status403Forbidden);
        });
        services.AddSharedKeys(configuration);
        return services;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        SessionCheck sessions = context.HttpContext.RequestServices.GetRequiredService<SessionCheck>();
        if (context.Principal.ToSession() is not { } session
            || !await sessions.IsCurrentAsync(session, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(ConsoleClaims.CookieScheme);
            return;
        }

        sessions.Used(session);
    }

    private static Task RedirectOrAnswer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (s_programPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
