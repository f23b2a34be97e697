namespace ModerationConsole.Web.Security;

/// <summary>Where to go after signing in: only within this console, whatever the address bar asked for.</summary>
internal static class LocalAddress
{
    /// <summary>The path if it is one of ours, else the start page.</summary>
    /// <param name="ofTheAccount">Whether pages of the account are right, too: not after a sign-in, which must not lead to a sign-out.</param>
    public static string OrHome(string? path, bool ofTheAccount = false) =>
        path is ['/', ..]
        && path is not ['/', '/' or '\\', ..]
        // Nothing else fits into the header that leads there; what a page's own address holds of it is encoded.
        && path.All(letter => char.IsAscii(letter) && !char.IsControl(letter))
        && (ofTheAccount || !path.StartsWith("/account/", StringComparison.OrdinalIgnoreCase))
            ? path
            : "/";
}
