using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>A real server on loopback that answers each path as the test says, well-behaved or not.</summary>
public sealed class MediaHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Func<Stream, CancellationToken, Task>> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _accepting;
    private int _connections;

    public MediaHost()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Host and port as the allow list writes them.</summary>
    public string Name => $"127.0.0.1:{Port}";

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Request heads in order of arrival.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public string Url(string path) => $"http://{Name}{path}";

    /// <summary>Answers a path by writing raw bytes of HTTP.</summary>
    public string On(string path, Func<Stream, CancellationToken, Task> answer)
    {
        _answers[path] = answer;
        return Url(path);
    }

    public string File(string path, byte[] body, string headers = "") => On(path, async (stream, cancel) =>
    {
        await HeadAsync(stream, "200 OK", $"Content-Length: {body.Length}\r\n{headers}", cancel);
        await stream.WriteAsync(body, cancel);
    });

    public string Redirect(string path, string location, string status = "302 Found", string headers = "") =>
        On(path, (stream, cancel) => HeadAsync(stream, status, $"Location: {location}\r\nContent-Length: 0\r\n{headers}", cancel));

    public static async Task HeadAsync(Stream stream, string status, string headers, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // In this order: a listener that has stopped refuses to be asked for one more.
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> served = [];
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient own = client;
        Interlocked.Increment(ref _connections);
        try
        {
            NetworkStream stream = client.GetStream();
            string head = await ReadHeadAsync(stream);
            _requests.Enqueue(head);
            string path = head.Split(' ') is [_, var target, ..] ? target : "";
            if (_answers.TryGetValue(path, out Func<Stream, CancellationToken, Task>? answer))
            {
                await answer(stream, _stop.Token);
            }
            else
            {
                await HeadAsync(stream, "404 Not Found", "Content-Length: 0\r\n", _stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The other side hung up, which is what most tests are about.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length == 1 && !char.IsAsciiLetter(head[0]))
            {
                throw new IOException("This is no HTTP.");
            }
        }

        return head.ToString();
    }
}
