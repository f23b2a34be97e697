namespace ModerationConsole.Web.Security;

/// <summary>Where to go after signing in: only within this console, whatever the address bar asked for.</summary>
internal static class LocalAddress
{
    /// <summary>The path if it is one of ours, else the start page.</summary>
    public static string OrHome(string? path) =>
        path is ['/', ..]
        && path is not ['/', '/' or '\\', ..]
        && !path.Any(char.IsControl)
        && !path.StartsWith("/account/", StringComparison.OrdinalIgnoreCase)
            ? path
            : "/";
}
