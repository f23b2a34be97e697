using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using ModerationConsole.Benchmarks.Circuits;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>A circuit's hub as anyone can speak to it who holds a cookie: message by message, whether or not a page would send them.</summary>
internal sealed class CircuitSocket : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object?>> _asked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _heard = new();
    private Task _reading = Task.CompletedTask;
    private int _calls;

    private CircuitSocket()
    {
    }

    /// <summary>Everything that the server sent, as text as far as it is text.</summary>
    public string Heard
    {
        get
        {
            lock (_heard)
            {
                return _heard.ToString();
            }
        }
    }

    /// <summary>Calls into the page that came back, by their number, and whether they went well.</summary>
    public ConcurrentDictionary<string, bool> Returned { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends when the server ends the connection.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The secret name of the circuit that was started.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>Connects and shakes hands.</summary>
    /// <exception cref="WebSocketException">The server refused; its status is in the message.</exception>
    public static async Task<CircuitSocket> ConnectAsync(Target target, string? cookie, string protocol = "blazorpack", string? origin = null)
    {
        CircuitSocket circuit = new();
        circuit._socket.Options.SetRequestHeader("Cookie", cookie);
        circuit._socket.Options.SetRequestHeader("Origin", origin);
        await circuit._socket.ConnectAsync(new UriBuilder(target.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        await circuit._socket.SendAsync(
            Encoding.UTF8.GetBytes($"{{\"protocol\":\"{protocol}\",\"version\":1}}\u001e"), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        circuit._reading = Task.Run(circuit.ReadAsync);
        return circuit;
    }

    /// <summary>Opens a page as its script does, but tells the circuit that it stands at another address.</summary>
    public static async Task<CircuitSocket> OpenAsync(Target target, string cookie, string at, string page = "/")
    {
        CircuitSocket circuit = await ConnectAsync(target, cookie);
        circuit.Secret = await circuit.StartAsync(target, at) ?? throw new InvalidOperationException("The server opened no circuit.");
        await circuit.DrawAsync(target, cookie, page);
        return circuit;
    }

    /// <summary>Sends the page of an address to the circuit, as its script does.</summary>
    public async Task DrawAsync(Target target, string cookie, string page = "/")
    {
        using HttpResponseMessage response = await target.SendAsync(HttpMethod.Get, page, cookie);
        PageMarkers markers = PageMarkers.Read(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await SendAsync("UpdateRootComponents", call => call.Array(2).Text(markers.Operations).Text(markers.State));
    }

    /// <summary>Starts a circuit on this connection.</summary>
    public async Task<string?> StartAsync(Target target, string at) => await AskAsync("StartCircuit", call => call
        .Array(4).Text(target.Address.ToString()).Text(new Uri(target.Address, at).ToString()).Text("[]").Text("")) as string;

    /// <summary>Calls the server and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">The server refused, or the connection ended.</exception>
    public async Task<object?> AskAsync(string method, Action<PackWriter> write)
    {
        string id = Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture);
        TaskCompletionSource<object?> answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await InvokeAsync(id, method, write);
        await Task.WhenAny(answer.Task, Ended).WaitAsync(s_patience);
        return answer.Task.IsCompleted ? await answer.Task : throw new InvalidOperationException("The connection ended.");
    }

    /// <summary>Calls the server and does not wait.</summary>
    public Task SendAsync(string method, Action<PackWriter> write) => InvokeAsync(null, method, write);

    /// <summary>Sends bytes as they stand.</summary>
    public async Task SendAsync(byte[] frame)
    {
        await _sending.WaitAsync(_closing.Token);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, _closing.Token);
        }
        catch (WebSocketException)
        {
            // The server has ended the connection meanwhile.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Waits until the server has said this.</summary>
    public async Task UntilAsync(string words, TimeSpan? patience = null)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!Heard.Contains(words, StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < (patience ?? s_patience), $"Never heard: {words}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _closing.Dispose();
    }

    private Task InvokeAsync(string? id, string method, Action<PackWriter> write)
    {
        PackWriter message = new PackWriter().Array(5).Number(1).EmptyMap().Text(id).Text(method);
        write(message);
        return SendAsync(message.Framed());
    }

    private async Task ReadAsync()
    {
        try
        {
            byte[] buffer = new byte[64 * 1024];
            List<byte> held = [];
            bool greeted = false;
            while (true)
            {
                WebSocketReceiveResult part = await _socket.ReceiveAsync(buffer, _closing.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                held.AddRange(buffer.AsSpan(0, part.Count));
                if (!part.EndOfMessage)
                {
                    continue;
                }

                lock (_heard)
                {
                    _heard.Append(Encoding.UTF8.GetString([.. held]));
                }

                int start = greeted ? 0 : held.IndexOf(0x1e) + 1;
                greeted = true;
                await HandleAsync(held[start..].ToArray());
                held.Clear();
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Ended the other way.
        }

        _ended.TrySetResult();
    }

    // A message of the socket holds whole frames, each behind its length in groups of seven bits.
    private async Task HandleAsync(ReadOnlyMemory<byte> frames)
    {
        while (frames.Length > 0)
        {
            int length = 0;
            int head = 0;
            do
            {
                length |= (frames.Span[head] & 0x7f) << (7 * head);
            }
            while ((frames.Span[head++] & 0x80) != 0);

            List<object?> message = (List<object?>)new PackReader(frames.Slice(head, length)).Read()!;
            frames = frames[(head + length)..];
            if (message is [1L, _, _, string method, List<object?> arguments])
            {
                await AnswerAsync(method, arguments);
            }
            else if (message is [3L, _, string id, var kind, ..] && _asked.TryRemove(id, out TaskCompletionSource<object?>? asked))
            {
                _ = kind is 1L ? asked.TrySetException(new InvalidOperationException($"Refused: {message[4]}")) : asked.TrySetResult(message.Count > 4 ? message[4] : null);
            }
        }
    }

    // What a page does by itself: it says that it has drawn, and that its script was called.
    private Task AnswerAsync(string method, List<object?> arguments) => method switch
    {
        "JS.EndInvokeDotNet" when arguments[0] is string id => Task.FromResult(Returned[id] = arguments[1] is true),
        "JS.RenderBatch" => SendAsync("OnRenderCompleted", call => call.Array(2).Number((long)arguments[0]!).Nil()),
        "JS.BeginInvokeJS" when arguments[0] is long and not 0L => SendAsync("EndInvokeJSFromDotNet", call => call
            .Array(3).Number((long)arguments[0]!).Bool(true).Text($"[{arguments[0]},true,{(arguments[3] is 1L ? "{\"__jsObjectId\":1}" : "null")}]")),
        _ => Task.CompletedTask,
    };
}
