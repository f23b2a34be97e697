using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ModerationConsole.Core.People;

/// <summary>Networks that a key opens something from: <c>203.0.113.0/24</c>, <c>2001:db8::/32</c>, or a single address.</summary>
public static class KeyNetworks
{
    /// <summary>How many a key may have.</summary>
    public const int Most = 50;

    private const int MappedBits = 96;
    private const string Separator = ", ";
    private static readonly char[] s_between = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>Reads networks between commas, spaces or line ends, and writes them in one form; null when one of them is none.</summary>
    public static string? Normalize(string? text)
    {
        string[] parts = (text ?? "").Split(s_between, StringSplitOptions.RemoveEmptyEntries);
        IPNetwork?[] networks = [.. parts.Select(Parse)];
        return networks.Length > Most || networks.Any(network => network is null)
            ? null
            : string.Join(Separator, networks.Select(network => network!.Value.ToString()).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Whether a stored list lets an address in. Without a list each does; with one an address that is not known does not.</summary>
    public static bool Allow(string stored, IPAddress? address)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.Length == 0)
        {
            return true;
        }

        return address is not null && Plain(address) is var plain
            && stored.Split(Separator).Any(network => Parse(network) is { } known && known.Contains(plain));
    }

    /// <summary>The network around an address that was refused, wide enough to name no one person.</summary>
    public static string Around(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        IPAddress plain = Plain(address);
        byte[] bytes = plain.GetAddressBytes();
        int kept = plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return FormattableString.Invariant($"{new IPAddress(bytes)}/{kept * 8}");
    }

    // An IPv4 address looks like an IPv6 one where a socket serves both.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    private static IPNetwork? Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address) || !IsPlainlyWritten(parts[0], address))
        {
            return null;
        }

        int bits = address.GetAddressBytes().Length * 8;
        int prefix = bits;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6 && prefix >= MappedBits)
        {
            (address, prefix) = (address.MapToIPv4(), prefix - MappedBits);
        }

        // More bits than the network has: one of both is a slip, and a guess could open too much.
        return IsWithin(address, prefix) ? new IPNetwork(address, prefix) : null;
    }

    // Not octal, not hexadecimal, not shortened, no port, no interface.
    private static bool IsPlainlyWritten(string text, IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.ToString() == text
        : !text.AsSpan().ContainsAny('%', '[', ']');

    private static bool IsWithin(IPAddress address, int prefix)
    {
        byte[] bytes = address.GetAddressBytes();
        return !Enumerable.Range(prefix, (bytes.Length * 8) - prefix).Any(bit => (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0);
    }
}
