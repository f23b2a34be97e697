using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>
/// A platform that posts items and reports without end. A request that fails is sent again under its Idempotency-Key until it is
/// acknowledged, whatever happens to the console meanwhile.
/// </summary>
internal sealed class SendingPlatform(int seed) : IDisposable
{
    // A report repeats the item without its picture, which would be another version of it.
    private const string WithPicture = "pic-";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };
    private readonly Uri?[] _nodes = new Uri?[2];
    private int _count;
    private int _tries;

    /// <summary>The key of the console that it was given.</summary>
    public string ApiKey { get; init; } = FaultTemplate.ApiKey;

    /// <summary>How long it waits for an answer before it asks again, perhaps another node.</summary>
    public TimeSpan Patience
    {
        get => _http.Timeout;
        init => _http.Timeout = value;
    }

    /// <summary>Items that were acknowledged, with the number of their case where it was told.</summary>
    public ConcurrentDictionary<string, long?> Items { get; } = new();

    /// <summary>Reports that were acknowledged, with the item that they are about.</summary>
    public ConcurrentDictionary<Guid, string> Reports { get; } = new();

    /// <summary>What was answered otherwise than it should have been.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>Addresses of media that items name.</summary>
    public IReadOnlyList<string> Pictures { get; set; } = [];

    /// <summary>Where the console listens now; null while it does not.</summary>
    public Uri? Console
    {
        get => Volatile.Read(ref _nodes[0]);
        set => Listens(0, value);
    }

    /// <summary>Where a node listens now; null while it does not.</summary>
    public void Listens(int node, Uri? address) => Volatile.Write(ref _nodes[node], address);

    /// <summary>Sends until told to stop; what is not acknowledged by then counts for nothing.</summary>
    public async Task SendAsync(int sender, int pauseMs, CancellationToken stop)
    {
        Random random = new(seed + (1_000 * sender));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(random.Next(pauseMs + 1), stop);
                await (random.Next(10) < 3 ? ReportAsync(random, stop) : PostAsync(random, stop));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Sends one post and returns its id once it is acknowledged.</summary>
    public async Task<string> PostAsync(CancellationToken stop, params string[] images)
    {
        string id = Name();
        JsonElement answer = await InsistAsync("items", new { items = new[] { Post(id, images) } }, id, 200, stop);
        Acknowledged(answer);
        return id;
    }

    /// <summary>Sends posts whose cases may follow; returns their ids once they are acknowledged.</summary>
    public async Task<string[]> PromiseAsync(int count, CancellationToken stop)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => Name())];
        await InsistAsync("items/async/", new { items = ids.Select(id => Post(id, [])) }, ids[0], 202, stop);
        return ids;
    }

    /// <summary>Sends one post once.</summary>
    public async Task<HttpResponseMessage> TryAsync(string id, CancellationToken stop, params string[] images) =>
        await OnceAsync("items", JsonSerializer.Serialize(new { items = new[] { Post(id, images) } }), id, stop);

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(Random random, CancellationToken stop)
    {
        string[] ids = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(6) == 0 && Pictures.Count > 0 ? WithPicture + Name() : Name())];
        object[] items = [.. ids.Select(id => Post(id, id.StartsWith(WithPicture, StringComparison.Ordinal) ? [Pictures[random.Next(Pictures.Count)]] : []))];
        if (random.Next(3) == 0)
        {
            await InsistAsync("items/async/", new { items }, ids[0], 202, stop);
            Array.ForEach(ids, id => Items.TryAdd(id, null));
            return;
        }

        JsonElement answer = await InsistAsync("items", new { items }, ids[0], 200, stop);
        Acknowledged(answer);
        if (random.Next(10) == 0 && (await InsistAsync("items", new { items }, ids[0], 200, stop)).GetRawText() != answer.GetRawText())
        {
            Wrong.Enqueue($"{ids[0]} was answered otherwise when it was sent again");
        }
    }

    private async Task ReportAsync(Random random, CancellationToken stop)
    {
        string[] known = [.. Items.Keys.Where(id => !id.StartsWith(WithPicture, StringComparison.Ordinal))];
        if (known.Length == 0)
        {
            return;
        }

        string item = known[random.Next(known.Length)];
        object report = new
        {
            reporter = new { kind = "user", typeId = "it_user", id = Name() },
            reportedAt = TimeProvider.System.GetUtcNow(),
            reportedForReason = new { reason = "spam" },
            reportedItem = Post(item, []),
        };
        JsonElement answer = await InsistAsync("report", report, Name(), 201, stop);
        Reports.TryAdd(answer.GetProperty("reportId").GetGuid(), item);
    }

    private void Acknowledged(JsonElement answer)
    {
        foreach (JsonElement result in answer.GetProperty("results").EnumerateArray())
        {
            Items[result.GetProperty("itemId").GetString()!] = result.GetProperty("caseNumber").GetInt64();
        }
    }

    private async Task<JsonElement> InsistAsync(string path, object body, string key, int wanted, CancellationToken stop)
    {
        string json = JsonSerializer.Serialize(body);
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await OnceAsync(path, json, key, stop);
                if ((int)response.StatusCode == wanted)
                {
                    string text = await response.Content.ReadAsStringAsync(stop);
                    return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
                }

                if ((int)response.StatusCode is >= 400 and < 500)
                {
                    Wrong.Enqueue($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(stop)}");
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                // The console is gone, or went while it answered: the same again.
            }

            await Task.Delay(50, stop);
        }
    }

    private async Task<HttpResponseMessage> OnceAsync(string path, string json, string key, CancellationToken stop)
    {
        // One after the other, as a proxy that knows nothing of them.
        Uri[] listening = [.. _nodes.OfType<Uri>()];
        Uri? console = listening.Length == 0 ? null : listening[(int)((uint)Interlocked.Increment(ref _tries) % (uint)listening.Length)];
        if (console is null)
        {
            throw new HttpRequestException("The console does not listen.");
        }

        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(console, $"/api/v1/{path}"))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-KEY", ApiKey);
        request.Headers.Add("Idempotency-Key", key);
        return await _http.SendAsync(request, stop);
    }

    private string Name() => $"p-{seed}-{Interlocked.Increment(ref _count)}";

    // The same id always has the same words, so that a report names the very version that was sent.
    private static object Post(string id, string[] images) => images.Length == 0
        ? new { id, typeId = "it_post", data = new { text = $"words of {id}", author = new { id = "u-1", typeId = "it_user" } } }
        : new { id, typeId = "it_post", data = new { text = $"words of {id}", author = new { id = "u-1", typeId = "it_user" }, images } };
}
