using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ModerationConsole.E2E.Support;

/// <summary>A line to the server on which everything takes its time, each way: what a person far from the server has.</summary>
public sealed class SlowLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly TimeSpan _delay;
    private readonly Task _accepting;

    public SlowLine(string serverAddress, TimeSpan delay)
    {
        _serverPort = new Uri(serverAddress).Port;
        _delay = delay;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where a browser opens the server through this line.</summary>
    public string Address =>
        string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                open.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using (browser)
        using (TcpClient server = new() { NoDelay = true })
        using (CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            browser.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, either.Token);
                Task up = PumpAsync(browser.GetStream(), server.GetStream(), either.Token);
                Task down = PumpAsync(server.GetStream(), browser.GetStream(), either.Token);
                await Task.WhenAny(up, down);
                await either.CancelAsync();
                await Task.WhenAll(up, down);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
            {
                // One of the two hung up, or the test is over.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken cancel)
    {
        Channel<(long At, byte[] Bytes)> underWay = Channel.CreateUnbounded<(long, byte[])>();
        Task reading = ReadAsync();
        await foreach ((long at, byte[] bytes) in underWay.Reader.ReadAllAsync(cancel))
        {
            TimeSpan left = _delay - TimeProvider.System.GetElapsedTime(at);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancel);
            }

            await to.WriteAsync(bytes, cancel);
        }

        await reading;

        async Task ReadAsync()
        {
            byte[] buffer = new byte[64 * 1024];
            try
            {
                while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
                {
                    underWay.Writer.TryWrite((TimeProvider.System.GetTimestamp(), buffer[..read]));
                }

                underWay.Writer.Complete();
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                underWay.Writer.TryComplete(error);
            }
        }
    }
}
