using System.Net;
using System.Net.Sockets;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Connections to the outside that take no redirect and no proxy, carry no cookie, and go only to addresses that were checked in
/// that moment: public ones, and those that the settings name. A name that changes its answer gains nothing.
/// </summary>
public static class GuardedHandler
{
    private const int MostHeaderKilobytes = 32;

    /// <summary>For an address that an operator configured and the public ones that it names: its own host may be private.</summary>
    public static SocketsHttpHandler Around(Uri configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        return Create(
            (host, address, port) => PublicAddress.Is(address)
                || (port == configured.Port && string.Equals(host.Trim('[', ']'), configured.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)),
            Dns.GetHostAddressesAsync);
    }

    internal static SocketsHttpHandler Create(Func<string, IPAddress, int, bool> mayConnect, HostResolver resolve) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = MostHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ActivityHeadersPropagator = null,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(mayConnect, resolve, context, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(
        Func<string, IPAddress, int, bool> mayConnect, HostResolver resolve, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        (string host, int port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] found = IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? literal)
            ? [literal]
            : await resolve(host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. found.Where(address => mayConnect(host, address, port))];
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException();
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name led to addresses that are neither public nor named in the settings.</summary>
internal sealed class AddressRefusedException() : IOException("The address is not public.");
