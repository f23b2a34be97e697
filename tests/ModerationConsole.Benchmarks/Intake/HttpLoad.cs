using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModerationConsole.Benchmarks.Measure;

namespace ModerationConsole.Benchmarks.Intake;

/// <summary>What a server answered in one stretch of load.</summary>
/// <param name="Answers">All answers.</param>
/// <param name="Failed">Answers that were refusals, and requests without an answer.</param>
internal sealed record LoadRound(long Answers, long Failed, double Seconds, double P50, double P99)
{
    public double PerSecond => Figures.Round((Answers - Failed) / Seconds);
}

/// <summary>
/// Sends batches of one item each, no two alike, over so many connections as fast as they are answered. By <c>wrk</c> where it is
/// installed, which takes little from a server on the same machine; else by this program itself, which takes much.
/// </summary>
internal sealed class HttpLoad(int connections, string folder)
{
    private static readonly string? s_wrk = Array.Find(
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, "wrk"))], File.Exists);

    /// <summary>What sends.</summary>
    public static string Generator => s_wrk is null ? "SocketsHttpHandler" : "wrk";

    /// <param name="prefix">Begins the id of each item.</param>
    public Task<LoadRound> RunAsync(Uri address, string key, string prefix, int seconds) =>
        s_wrk is null ? RunHereAsync(address, key, prefix, seconds) : RunWrkAsync(address, key, prefix, seconds);

    /// <summary>The body of one item.</summary>
    public static string Body(string id, int number)
    {
        Random random = new(number);
        string text = string.Join(' ', Enumerable.Range(0, 110).Select(_ => $"{(char)('a' + random.Next(26))}{random.Next(100_000):x}").Prepend($"{number}"));
        return $$$$"""{"items":[{"id":"{{{{id}}}}","typeId":"post","data":{"text":"{{{{text}}}}","author":{"id":"author-{{{{number % 997}}}}","typeId":"account"}}}]}""";
    }

    private async Task<LoadRound> RunWrkAsync(Uri address, string key, string prefix, int seconds)
    {
        string script = Path.Combine(folder, "load.lua");
        await File.WriteAllTextAsync(script, Script(key, prefix));
        using Process wrk = Process.Start(new ProcessStartInfo(
            s_wrk!,
            [
                "-t1", string.Create(CultureInfo.InvariantCulture, $"-c{connections}"), string.Create(CultureInfo.InvariantCulture, $"-d{seconds}s"),
                "--timeout", "20s", "-s", script, address.ToString(),
            ])
        { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("wrk did not start.");
        string said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return said.Split('\n').FirstOrDefault(line => line.StartsWith('{')) is { } line
            ? JsonSerializer.Deserialize<LoadRound>(line, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"wrk said: {said}");
    }

    // Pieces of text are put together anew for each request: no two are near copies, and making them costs next to nothing.
    private static string Script(string key, string prefix) =>
        $$$$"""
        math.randomseed(os.time())
        local pieces = {}
        for i = 1, 4000 do
          local words = {}
          for w = 1, 14 do words[w] = string.char(97 + math.random(0, 25)) .. string.format("%x", math.random(0, 99999)) end
          pieces[i] = table.concat(words, " ")
        end
        local count = 0
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.headers["X-API-KEY"] = "{{{{key}}}}"
        request = function()
          count = count + 1
          local text = {}
          for i = 1, 8 do text[i] = pieces[math.random(#pieces)] end
          return wrk.format(nil, nil, nil, '{"items":[{"id":"{{{{prefix}}}}-' .. count .. '","typeId":"post","data":{"text":"' .. count .. " " .. table.concat(text, " ") ..
            '","author":{"id":"author-' .. (count % 997) .. '","typeId":"account"}}}]}')
        end
        done = function(summary, latency, requests)
          local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
          io.write(string.format('\n{"answers":%d,"failed":%d,"seconds":%f,"p50":%f,"p99":%f}\n',
            summary.requests, failed, summary.duration / 1000000, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
        end
        """;

    private async Task<LoadRound> RunHereAsync(Uri address, string key, string prefix, int seconds)
    {
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = connections };
        using HttpClient http = new(handler);
        http.DefaultRequestHeaders.Add("X-API-KEY", key);
        ConcurrentBag<double> times = [];
        int count = 0;
        int failed = 0;
        Stopwatch watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                int number = Interlocked.Increment(ref count);
                using StringContent body = new(Body($"{prefix}-{number}", number), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
                long begun = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await http.PostAsync(address, body);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                if (response.StatusCode != HttpStatusCode.Accepted)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })));
        return new LoadRound(times.Count, failed, watch.Elapsed.TotalSeconds, Figures.Percentile(times, 0.50), Figures.Percentile(times, 0.99));
    }
}
