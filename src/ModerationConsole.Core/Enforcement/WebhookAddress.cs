using System.Net;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Which addresses a webhook may go to, as far as the address alone can tell; the connection is checked again when it is made.</summary>
internal static class WebhookAddress
{
    public const int MaxLength = 2_000;

    /// <summary>Whether <paramref name="text"/> may be an action's callback: https anywhere public, or whatever host and port the settings name.</summary>
    public static bool IsAllowed(string text, AllowedHosts named)
    {
        if (text.Length > MaxLength
            || !Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return false;
        }

        bool isNamed = named.Names(address);
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return address.Scheme == Uri.UriSchemeHttp && isNamed;
        }

        // A point at the end names the same host.
        string host = address.IdnHost.Trim('[', ']').TrimEnd('.');
        return IPAddress.TryParse(host, out IPAddress? literal)
            ? named.MayConnect(address.IdnHost, literal, address.Port)
            : isNamed || !IsLocalName(host);
    }

    private static bool IsLocalName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
