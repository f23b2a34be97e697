using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ModerationConsole.Tests.Support.Live;

/// <summary>A program at the hub that speaks SignalR's JSON protocol over a bare socket, so that tests see what is on the wire.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const byte RecordEnd = 0x1e;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(14);

    private readonly ClientWebSocket _socket = new();
    private readonly List<byte> _read = [];

    private HubClient()
    {
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Connects with one header, <c>Cookie</c> or <c>X-API-KEY</c>, and shakes hands.</summary>
    /// <exception cref="WebSocketException">The server refused; its status is in the message.</exception>
    public static async Task<HubClient> ConnectAsync(Uri address, string header, string value, string? origin = null)
    {
        HubClient client = new();
        client._socket.Options.SetRequestHeader("Origin", origin);
        client._socket.Options.SetRequestHeader(header, value);
        UriBuilder hub = new(address) { Scheme = "ws", Path = "/hubs/cases" };
        await client._socket.ConnectAsync(hub.Uri, Cancel);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await client.ReadRecordAsync());
        // The server shakes hands before the client has joined; only a client that has joined gets an answer to a call.
        await client.SendAsync("""{"type":1,"invocationId":"joined","target":"joined","arguments":[]}""");
        Assert.Equal("joined", (await client.NextAsync())["invocationId"]?.GetValue<string>());
        return client;
    }

    public Task SendAsync(string record) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(record + (char)RecordEnd), WebSocketMessageType.Text, endOfMessage: true, Cancel);

    /// <summary>The next message that is no ping.</summary>
    public async Task<JsonNode> NextAsync()
    {
        while (true)
        {
            JsonNode message = JsonNode.Parse(await ReadRecordAsync() ?? throw new InvalidOperationException("The server closed the connection."))!;
            if (message["type"]!.GetValue<int>() != 6)
            {
                return message;
            }
        }
    }

    /// <summary>What the hub says until, and including, the first message that <paramref name="last"/> accepts.</summary>
    public async Task<IReadOnlyList<HubCall>> UntilAsync(Func<HubCall, bool> last)
    {
        List<HubCall> calls = [];
        while (calls.Count == 0 || !last(calls[^1]))
        {
            calls.Add(HubCall.Read(await NextAsync()));
        }

        return calls;
    }

    /// <summary>Waits until the server has closed the connection, which must be soon: SignalR gives up a silent client by itself, much later.</summary>
    public async Task EndAsync()
    {
        long since = TimeProvider.System.GetTimestamp();
        while (await ReadRecordAsync() is not null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < s_patience, "The connection is still open.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> ReadRecordAsync()
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_patience);
        byte[] buffer = new byte[4096];
        int end;
        while ((end = _read.IndexOf(RecordEnd)) < 0)
        {
            WebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(buffer, patience.Token);
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _read.AddRange(buffer.AsSpan(0, part.Count));
        }

        string record = Encoding.UTF8.GetString([.. _read[..end]]);
        _read.RemoveRange(0, end + 1);
        return record;
    }
}

/// <summary>One message of the hub to its client.</summary>
public sealed record HubCall(string Method, JsonObject Notice, string Wire)
{
    public long? CaseNumber => Notice["caseNumber"]?.GetValue<long>();

    public static HubCall Read(JsonNode message)
    {
        Assert.Equal(1, message["type"]!.GetValue<int>());
        return new HubCall(message["target"]!.GetValue<string>(), message["arguments"]!.AsArray().Single()!.AsObject(), message.ToJsonString());
    }
}
