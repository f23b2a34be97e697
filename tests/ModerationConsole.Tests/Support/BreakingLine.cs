using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ModerationConsole.Tests.Support;

/// <summary>Where a connection breaks.</summary>
public enum BreakAt
{
    /// <summary>Nowhere.</summary>
    Nowhere,

    /// <summary>The server never hears of the commit.</summary>
    BeforeCommit,

    /// <summary>The server commits, and its answer never arrives.</summary>
    AfterCommit,
}

/// <summary>A way to a PostgreSQL server that breaks once, around a commit.</summary>
public sealed class BreakingLine : IAsyncDisposable
{
    private static readonly byte[] s_commit = Encoding.ASCII.GetBytes("COMMIT\0");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly Task _accepting;
    private int _breakAt;

    /// <summary>Opens it.</summary>
    /// <param name="server">Port of the server, on this machine.</param>
    public BreakingLine(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Port to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next commit of any connection meets the break; later ones do not.</summary>
    public void BreakNextCommit(BreakAt where) => Volatile.Write(ref _breakAt, (int)where);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using TcpClient near = client;
        using TcpClient far = new();
        await far.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        Broken broken = new();
        await Task.WhenAny(
            ForwardAsync(near.GetStream(), far.GetStream(), broken, isClient: true, over.Token),
            ForwardAsync(far.GetStream(), near.GetStream(), broken, isClient: false, over.Token));
        await over.CancelAsync();
    }

    // Ends the connection by returning.
    private async Task ForwardAsync(NetworkStream from, NetworkStream to, Broken broken, bool isClient, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[65_536];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            BreakAt where = isClient && buffer.AsSpan(0, read).IndexOf(s_commit) >= 0 ? (BreakAt)Interlocked.Exchange(ref _breakAt, 0) : BreakAt.Nowhere;
            if (where == BreakAt.BeforeCommit || (!isClient && broken.AnswerIsLost))
            {
                return;
            }

            broken.AnswerIsLost |= where == BreakAt.AfterCommit;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private sealed class Broken
    {
        public volatile bool AnswerIsLost;
    }
}
