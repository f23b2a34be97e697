using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>A bare client of the hub for other programs, which carries no content: the floor of what reaches anybody.</summary>
internal sealed class BareHub : IAsyncDisposable
{
    private static readonly byte[] s_handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private volatile Awaited? _awaited;
    private Task _reading = Task.CompletedTask;

    /// <summary>Connects as a person.</summary>
    public static async Task<BareHub> ConnectAsync(Uri address, string cookie)
    {
        BareHub hub = new();
        hub._socket.Options.SetRequestHeader("Cookie", cookie);
        await hub._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/hubs/cases" }.Uri, CancellationToken.None);
        await hub._socket.SendAsync(s_handshake, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        hub._reading = Task.Run(hub.ReadAsync);
        return hub;
    }

    /// <summary>The moment in which the next message about a case arrives; ask before it can.</summary>
    public Task<long> HearAsync(long caseNumber)
    {
        Awaited awaited = new(Encoding.UTF8.GetBytes($"\"caseNumber\":{caseNumber},"));
        _awaited = awaited;
        return awaited.Heard.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _closing.Dispose();
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                int count = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(count), _closing.Token);
                    count += part.Count;
                }
                while (!part.EndOfMessage);
                long at = Stopwatch.GetTimestamp();
                if (_awaited is { } awaited && buffer.AsSpan(0, count).IndexOf(awaited.Words) >= 0)
                {
                    awaited.Heard.TrySetResult(at);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // It ends.
        }
    }

    private sealed record Awaited(byte[] Words)
    {
        public TaskCompletionSource<long> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
