using Microsoft.Extensions.Primitives;

namespace ModerationConsole.Web.Security;

/// <summary>
/// Over HTTPS the cookies of sessions and forms go by names that begin with <c>__Host-</c>. Browsers take those only over HTTPS and from
/// this very host, so neither a neighbour within the domain nor a plain connection can plant one. What comes without it is not read.
/// </summary>
internal static class HostCookies
{
    private const string Prefix = "__Host-";
    private const string Session = "moderation-console";
    private const string Form = "moderation-console-form";
    private static readonly object s_done = new();

    public static IApplicationBuilder UseHostCookies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // An answer that is made anew, as for an address that is not there, comes by here twice.
        if (context.Request.IsHttps && context.Items.TryAdd(s_done, true))
        {
            context.Request.Headers.Cookie = Received(context.Request.Headers.Cookie);
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.SetCookie = new StringValues([.. context.Response.Headers.SetCookie.Select(Sent)]);
                return Task.CompletedTask;
            });
        }

        return next(context);
    });

    private static StringValues Received(StringValues cookies) => new(
    [
        .. cookies.Select(header => string.Join("; ", (header ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(cookie => !IsOwn(cookie)).Select(cookie => cookie.StartsWith(Prefix, StringComparison.Ordinal) && IsOwn(cookie[Prefix.Length..]) ? cookie[Prefix.Length..] : cookie))),
    ]);

    private static string? Sent(string? cookie) => cookie is not null && IsOwn(cookie) ? Prefix + cookie : cookie;

    // A long session's cookie comes in parts: moderation-consoleC1 and so on. Names are compared as the framework compares them.
    private static bool IsOwn(string cookie)
    {
        ReadOnlySpan<char> name = cookie.AsSpan(0, Math.Max(0, cookie.IndexOf('=', StringComparison.Ordinal))).Trim();
        return name.Equals(Session, StringComparison.OrdinalIgnoreCase)
            || name.Equals(Form, StringComparison.OrdinalIgnoreCase)
            || (name.StartsWith($"{Session}C", StringComparison.OrdinalIgnoreCase) && int.TryParse(name[(Session.Length + 1)..], out _));
    }
}
