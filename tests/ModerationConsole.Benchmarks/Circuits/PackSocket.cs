using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>A SignalR connection that speaks <c>blazorpack</c>: MessagePack in frames, over a web socket.</summary>
internal sealed class PackSocket : IAsyncDisposable
{
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Ping = 6;
    private static readonly byte[] s_handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");
    private static readonly byte[] s_ping = new PackWriter().Array(1).Number(Ping).Framed();
    private static readonly TimeSpan s_alive = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<object?> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private Task _living = Task.CompletedTask;

    /// <summary>Told each call of the server with its arguments and the moment in which its last byte was read.</summary>
    public required Func<string, List<object?>, long, Task> Called { get; init; }

    /// <summary>Connects and shakes hands.</summary>
    public async Task ConnectAsync(Uri address, string? cookie, CancellationToken cancellationToken)
    {
        if (cookie is not null)
        {
            _socket.Options.SetRequestHeader("Cookie", cookie);
        }

        await _socket.ConnectAsync(address, cancellationToken);
        await _socket.SendAsync(s_handshake, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        _reading = Task.Run(ReadAsync, CancellationToken.None);
        _living = Task.Run(LiveAsync, CancellationToken.None);
    }

    /// <summary>Calls the server and does not wait.</summary>
    /// <param name="write">Writes the arguments, an array.</param>
    public Task SendAsync(string target, Action<PackWriter> write) => SendAsync(null, target, write);

    /// <summary>Calls the server and waits for its answer; one call only.</summary>
    public async Task<object?> InvokeAsync(string target, Action<PackWriter> write)
    {
        await SendAsync("1", target, write);
        return await _answered.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await Task.WhenAll(_reading, _living);
        _socket.Dispose();
        _sending.Dispose();
        _closing.Dispose();
    }

    private async Task SendAsync(string? id, string target, Action<PackWriter> write)
    {
        PackWriter message = new PackWriter().Array(5).Number(Invocation).EmptyMap().Text(id).Text(target);
        write(message);
        await SendAsync(message.Framed());
    }

    private async Task SendAsync(byte[] frame)
    {
        await _sending.WaitAsync(_closing.Token);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, _closing.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task LiveAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_alive, _closing.Token);
                await SendAsync(s_ping);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // It ends.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            ArrayBufferWriter<byte> held = new(16 * 1024);
            bool greeted = false;
            while (await ReceiveAsync(held))
            {
                long at = Stopwatch.GetTimestamp();
                ReadOnlyMemory<byte> rest = held.WrittenMemory;
                if (!greeted)
                {
                    int end = rest.Span.IndexOf((byte)0x1e);
                    greeted = true;
                    rest = rest[(end + 1)..];
                }

                // A socket's message holds whole frames.
                for (; rest.Length > 0; rest = rest[Whole(rest.Span)..])
                {
                    await HandleAsync(Frame(rest), at);
                }

                held = new ArrayBufferWriter<byte>(16 * 1024);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            _answered.TrySetException(new InvalidOperationException("The connection was closed."));
        }
    }

    private async Task<bool> ReceiveAsync(ArrayBufferWriter<byte> held)
    {
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(held.GetMemory(16 * 1024), _closing.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            held.Advance(part.Count);
            if (part.EndOfMessage)
            {
                return true;
            }
        }
    }

    private static (int Head, int Length) Measure(ReadOnlySpan<byte> bytes)
    {
        int length = 0;
        for (int i = 0; ; i++)
        {
            length |= (bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) == 0)
            {
                return (i + 1, length);
            }
        }
    }

    private static ReadOnlyMemory<byte> Frame(ReadOnlyMemory<byte> bytes)
    {
        (int head, int length) = Measure(bytes.Span);
        return bytes.Slice(head, length);
    }

    private static int Whole(ReadOnlySpan<byte> bytes)
    {
        (int head, int length) = Measure(bytes);
        return head + length;
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> frame, long at)
    {
        List<object?> message = (List<object?>)new PackReader(frame).Read()!;
        switch (message[0])
        {
            case (long)Invocation:
                await Called((string)message[3]!, (List<object?>)message[4]!, at);
                break;
            case (long)Completion:
                // 1 error, 2 nothing, 3 a value.
                if (message[3] is 1L)
                {
                    _answered.TrySetException(new InvalidOperationException($"The server refused: {message[4]}"));
                }
                else
                {
                    _answered.TrySetResult(message.Count > 4 ? message[4] : null);
                }

                break;
        }
    }
}
