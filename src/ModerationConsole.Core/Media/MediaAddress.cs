using System.Diagnostics.CodeAnalysis;

namespace ModerationConsole.Core.Media;

/// <summary>Reads the address of a piece of media, or of a redirect relative to where it came from.</summary>
internal static class MediaAddress
{
    private const int LongestAddress = 4096;

    /// <summary>True for http and https addresses with a host and without a user name or password.</summary>
    public static bool TryRead(string? text, Uri? from, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        if (text is null || text.Length > LongestAddress || text.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            return false;
        }

        // On Unix a path such as "/a" parses as an absolute file address, so what is relative is said first.
        var parsed = from is null
            ? Uri.TryCreate(text, UriKind.Absolute, out address)
            : Uri.TryCreate(from, text, out address);
        if (parsed && address is { IsAbsoluteUri: true, Host.Length: > 0, UserInfo.Length: 0 }
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return true;
        }

        address = null;
        return false;
    }
}
