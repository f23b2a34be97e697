using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ModerationConsole.Core.Media;

/// <summary>The exact <c>host:port</c> pairs that media may come from.</summary>
/// <remarks>
/// A host on the list may only be reached at public addresses. A private or loopback address is reachable
/// only when the list names that very address and port, or, for loopback, the host <c>localhost</c>.
/// </remarks>
public sealed class AllowedHosts
{
    private const string Localhost = "localhost";
    private static readonly SearchValues<char> s_notInHosts = SearchValues.Create("/\\@?#* ");
    private readonly HashSet<string> _entries = new(StringComparer.Ordinal);

    public AllowedHosts(IEnumerable<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            if (TryReadEntry(entry, out var normal))
            {
                _entries.Add(normal);
            }
        }
    }

    /// <summary>Whether the host and port of this address are on the list; the port follows from the scheme if not written.</summary>
    public bool Names(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return _entries.Contains(Normal(address.IdnHost, address.Port));
    }

    /// <summary>Whether a connection for <paramref name="host"/> may be opened to this address and port.</summary>
    public bool MayConnect(string host, IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(address);
        if (PublicAddress.Is(address))
        {
            return true;
        }

        if (_entries.Contains(Normal(address, port)))
        {
            return true;
        }

        var asksForLocalhost = string.Equals(host, Localhost, StringComparison.OrdinalIgnoreCase);
        return asksForLocalhost && IPAddress.IsLoopback(address) && _entries.Contains(Normal(Localhost, port));
    }

    /// <summary>Reads <c>host:port</c> (an IPv6 address in brackets) into its one normal form.</summary>
    public static bool TryReadEntry(string? entry, [NotNullWhen(true)] out string? normal)
    {
        normal = null;
        var colon = entry?.LastIndexOf(':') ?? -1;
        if (entry is null || colon <= 0
            || !int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
        {
            return false;
        }

        var host = entry[..colon];
        // Uri decides what a host is, so that the list and the addresses compared with it read alike.
        if (!Uri.TryCreate($"http://{host}:{port}/", UriKind.Absolute, out var address)
            || address.AbsolutePath != "/" || address.UserInfo.Length > 0 || address.Query.Length > 0
            || address.Fragment.Length > 0 || host.AsSpan().ContainsAny(s_notInHosts))
        {
            return false;
        }

        normal = Normal(address.IdnHost, port);
        return true;
    }

    private static string Normal(string host, int port)
    {
        var bare = host.Trim('[', ']').ToLowerInvariant();
        return IPAddress.TryParse(bare, out var address)
            ? Normal(address, port)
            : string.Create(CultureInfo.InvariantCulture, $"{bare}:{port}");
    }

    private static string Normal(IPAddress address, int port) =>
        new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port).ToString();
}
