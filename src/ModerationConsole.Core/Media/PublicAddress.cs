using System.Net;
using System.Net.Sockets;

namespace ModerationConsole.Core.Media;

/// <summary>Tells addresses of the public Internet from those that lead into someone's own network.</summary>
public static class PublicAddress
{
    // IANA's special-purpose registries (RFC 6890 and its successors): none of these is a place to fetch from.
    private static readonly IPNetwork[] s_reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Global unicast is 2000::/3; of it, Teredo, benchmarking, ORCHID, documentation and 6to4 carry or hide others.
    private static readonly IPNetwork s_globalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] s_reservedV6 =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether this is a public unicast address. IPv4 inside IPv6 counts as the IPv4 address it is.</summary>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !s_reserved.Any(network => network.Contains(plain)),
            AddressFamily.InterNetworkV6 => plain.ScopeId == 0
                && s_globalUnicast.Contains(plain)
                && !s_reservedV6.Any(network => network.Contains(plain)),
            _ => false,
        };
    }
}
