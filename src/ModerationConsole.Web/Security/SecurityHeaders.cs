using System.Security.Cryptography;

namespace ModerationConsole.Web.Security;

/// <summary>Headers that keep a page to itself, on every answer.</summary>
public static class SecurityHeaders
{
    private static readonly object s_nonceKey = new();

    /// <summary>The answer's script nonce: what stands inline in the page must carry it.</summary>
    public static string ScriptNonce(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items[s_nonceKey] is not string nonce)
        {
            context.Items[s_nonceKey] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        }

        return nonce;
    }

    /// <summary>Sets the headers. What sets a stricter policy of its own, as media does, keeps it.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Set(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        // Styles need 'unsafe-inline': virtualised lists and Radzen place rows by style attributes.
        headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.Count > 0
            ? headers.ContentSecurityPolicy
            : $"default-src 'none'; script-src 'self' 'nonce-{context.ScriptNonce()}'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
                + "font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), bluetooth=(), display-capture=(), fullscreen=(self)";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers.XFrameOptions = "DENY";
        if (headers.CacheControl.Count == 0)
        {
            // Pages and answers hold cases; what may be kept (styles, scripts) says so itself.
            headers.CacheControl = "no-store";
        }
    }
}
