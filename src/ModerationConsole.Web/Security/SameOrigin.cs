namespace ModerationConsole.Web.Security;

/// <summary>
/// Browsers let any page open a socket to any server, cookies included. So what opens one here must come from our own
/// pages; programs send no Origin and have no cookie to steal.
/// </summary>
internal static class SameOrigin
{
    private static readonly string[] s_guarded = ["/_blazor", "/hubs"];

    public static IApplicationBuilder UseSameOriginSockets(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (s_guarded.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)) && !IsOwn(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    });

    private static bool IsOwn(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
                && string.Equals(uri.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
                && request.Host == (uri.IsDefaultPort && request.Host.Port is null ? new HostString(uri.Host) : new HostString(uri.Host, uri.Port)));
    }
}
