using System.Net;
using System.Net.Sockets;

namespace ModerationConsole.Core.Media;

/// <summary>Asks the name service for a host's addresses.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// A host resolved once, its addresses checked, and a client that can connect to nothing else: an answer that
/// changes between the check and the connection changes nothing.
/// </summary>
internal sealed class PinnedHost
{
    private const int MostHeaderKilobytes = 32;
    private readonly IPEndPoint[] _endpoints;

    private PinnedHost(FetchOutcome? refusal, IPEndPoint[] endpoints)
    {
        Refusal = refusal;
        _endpoints = endpoints;
    }

    /// <summary>Why no connection may be made, or null.</summary>
    public FetchOutcome? Refusal { get; }

    public static async Task<PinnedHost> ResolveAsync(
        Uri target, AllowedHosts hosts, HostResolver resolve, CancellationToken cancellationToken)
    {
        IPAddress[] found;
        try
        {
            found = IPAddress.TryParse(target.IdnHost, out var literal)
                ? [literal]
                : await resolve(target.IdnHost, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return new PinnedHost(FetchOutcome.Unreachable, []);
        }

        if (found.Length == 0)
        {
            return new PinnedHost(FetchOutcome.Unreachable, []);
        }

        var allowed = found
            .Where(address => hosts.MayConnect(target.IdnHost, address, target.Port))
            .Select(address => new IPEndPoint(address, target.Port))
            .ToArray();
        return allowed.Length == 0
            ? new PinnedHost(FetchOutcome.PrivateAddress, [])
            : new PinnedHost(null, allowed);
    }

    /// <summary>A client for this one request: no proxy, cookies, credentials, redirects, decompression or pool.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.Zero,
        };
        // The fetch has one clock for all its hops.
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var endpoint in _endpoints)
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                last = exception;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostUnreachable);
    }
}
