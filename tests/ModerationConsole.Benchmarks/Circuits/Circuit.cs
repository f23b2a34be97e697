using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>A case as a desk drew it.</summary>
internal sealed record DrawnCase(long Task, long Fence, long At);

/// <summary>
/// One real circuit: the page is fetched, its components are handed over, each drawing is acknowledged and each call into the
/// page answered as the page's script would, but nothing is drawn.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private const int ObjectReference = 1;
    private const int LastBatches = 8;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<(long At, ReadOnlyMemory<byte> Bytes)> _batches = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _pressed = new();
    private readonly PackSocket _socket;
    private volatile Sought? _sought;
    private volatile TaskCompletionSource<DrawnCase> _nextCase = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _secret = "";
    private Uri _left = null!;
    private string? _cookie;
    private long _objects = 1;
    private long? _desk;
    private int _calls;

    private Circuit() => _socket = new PackSocket { Called = OnCalledAsync };

    /// <summary>What a server complained of; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The case that its desk shows, with the moment in which it was drawn.</summary>
    public DrawnCase? Case { get; private set; }

    /// <summary>Opens the page and waits until it was drawn once.</summary>
    /// <param name="hub">Address of the circuit's hub.</param>
    public static async Task<Circuit> OpenAsync(HttpClient http, Uri page, Uri hub, string? cookie, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, page);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        string html = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        PageMarkers markers = PageMarkers.Read(html);
        Circuit circuit = new() { _cookie = cookie };
        await circuit._socket.ConnectAsync(hub, cookie, cancellationToken);
        string origin = page.GetLeftPart(UriPartial.Authority) + (page.AbsolutePath.StartsWith(BenchServer.Root, StringComparison.Ordinal) ? BenchServer.Root : "") + "/";
        circuit._secret = await circuit._socket.InvokeAsync("StartCircuit", call => call.Array(4).Text(origin).Text(page.ToString()).Text("[]").Text("")) as string
            ?? throw new InvalidOperationException("The server opened no circuit.");
        circuit._left = new Uri($"{origin}_blazor/disconnect");

        await circuit._socket.SendAsync("UpdateRootComponents", call => call.Array(2).Text(markers.Operations).Text(markers.State));
        await circuit._drawn.Task.WaitAsync(s_patience, cancellationToken);
        return circuit;
    }

    /// <summary>Waits until the desk shows a case other than this one.</summary>
    public async Task<DrawnCase> CaseAfterAsync(DrawnCase? before)
    {
        while (true)
        {
            TaskCompletionSource<DrawnCase> next = _nextCase;
            if (Case is { } shown && (shown.Task, shown.Fence) != (before?.Task, before?.Fence))
            {
                return shown;
            }

            await next.Task.WaitAsync(s_patience);
        }
    }

    /// <summary>The moment in which these words are drawn; ask before they can be.</summary>
    public Task<long> SeeAsync(string words)
    {
        Sought sought = new(Encoding.UTF8.GetBytes(words));
        _sought = sought;
        return sought.Seen.Task;
    }

    /// <summary>Presses a key of the desk, for the case that it shows. Ends when the desk has done what it means.</summary>
    public async Task PressAsync(string command, DrawnCase about, string detail = "null")
    {
        long desk = _desk ?? throw new InvalidOperationException("There is no desk on this page.");
        string id = Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture);
        TaskCompletionSource done = _pressed[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket.SendAsync("BeginInvokeDotNetFromJS", call => call.Array(5).Text(id).Nil().Text("OnKey").Number(desk)
            .Text(string.Create(CultureInfo.InvariantCulture, $"[\"{command}\",{about.Task},{about.Fence},{detail}]")));
        await done.Task.WaitAsync(s_patience);
    }

    /// <summary>Leaves as a browser does that closes the page, so that the server keeps nothing for a return.</summary>
    public async Task LeaveAsync(HttpClient http)
    {
        using MultipartFormDataContent form = new() { { new StringContent(_secret), "circuitId" } };
        using HttpRequestMessage request = new(HttpMethod.Post, _left) { Content = form };
        if (_cookie is not null)
        {
            request.Headers.Add("Cookie", _cookie);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private Task OnCalledAsync(string target, List<object?> arguments, long at) => target switch
    {
        "JS.RenderBatch" => OnDrawnAsync((long)arguments[0]!, (ReadOnlyMemory<byte>)arguments[1]!, at),
        "JS.BeginInvokeJS" => OnScriptAsync((long)arguments[0]!, (string)arguments[1]!, (string?)arguments[2] ?? "[]", (long)arguments[3]!),
        "JS.Error" => Complain($"{arguments[0]}"),
        "JS.EndInvokeDotNet" => OnPressed((string)arguments[0]!, arguments[1] is true, $"{arguments[2]}"),
        _ => Task.CompletedTask,
    };

    private async Task OnDrawnAsync(long batch, ReadOnlyMemory<byte> bytes, long at)
    {
        // The frame's memory is its own, so what is kept stays.
        _batches.Enqueue((at, bytes));
        while (_batches.Count > LastBatches)
        {
            _batches.TryDequeue(out _);
        }

        if (_sought is { } sought && bytes.Span.IndexOf(sought.Words) >= 0)
        {
            sought.Seen.TrySetResult(at);
        }

        await _socket.SendAsync("OnRenderCompleted", call => call.Array(2).Number(batch).Nil());
        _drawn.TrySetResult();
    }

    private async Task OnScriptAsync(long handle, string function, string arguments, long resultType)
    {
        if (function == "setTask")
        {
            OnTask(arguments);
        }
        // Others attach to the page, too; only the desk has its fields watched.
        else if (function is "watchFields" && Reference().Match(arguments) is { Success: true } self)
        {
            _desk ??= long.Parse(self.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        if (handle != 0)
        {
            string result = resultType == ObjectReference ? $"{{\"__jsObjectId\":{Interlocked.Increment(ref _objects)}}}" : "null";
            await _socket.SendAsync("EndInvokeJSFromDotNet", call => call.Array(3).Number(handle).Bool(true).Text($"[{handle},true,{result}]"));
        }
    }

    // The page is told after the drawing was acknowledged: the case was drawn with the first batch that names it.
    private void OnTask(string arguments)
    {
        // Packed into one text, as the page's script gets it.
        if (JsonSerializer.Deserialize<string?[]>(arguments) is not [{ } packed] || TaskOf().Match(packed) is not { Success: true } match)
        {
            Case = null;
            return;
        }

        byte[] number = Encoding.UTF8.GetBytes(match.Groups[1].Value);
        byte[] named = [(byte)number.Length, .. number];
        long at = _batches.FirstOrDefault(batch => batch.Bytes.Span.IndexOf(named) >= 0).At;
        Case = new DrawnCase(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), at);
        // What was drawn before belongs to the case before.
        _batches.Clear();
        Interlocked.Exchange(ref _nextCase, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(Case);
    }

    private Task OnPressed(string id, bool done, string answer)
    {
        if (_pressed.TryRemove(id, out TaskCompletionSource? pressed))
        {
            pressed.TrySetResult();
        }

        return done ? Task.CompletedTask : Complain(answer);
    }

    private Task Complain(string what)
    {
        Trouble ??= what;
        return Task.CompletedTask;
    }

    [GeneratedRegex("\"__dotNetObject\":(\\d+)")]
    private static partial Regex Reference();

    [GeneratedRegex("\"task\":(\\d+),\"fence\":(\\d+)")]
    private static partial Regex TaskOf();

    private sealed record Sought(byte[] Words)
    {
        public TaskCompletionSource<long> Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
