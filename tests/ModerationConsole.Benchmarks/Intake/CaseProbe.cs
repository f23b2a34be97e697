using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake.Arrivals;

namespace ModerationConsole.Benchmarks.Intake;

/// <summary>Sends single items beside the load and looks, from the answer on, when each one's case is there.</summary>
internal sealed class CaseProbe : IAsyncDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    private readonly BenchmarkConsole _console;
    private readonly Uri _items;
    private readonly HttpClient _http = new();
    private readonly ConcurrentBag<double> _after = [];
    private readonly List<Task> _probes = [];
    private int _sent;

    private CaseProbe(BenchmarkConsole console, Uri items, string key)
    {
        (_console, _items) = (console, items);
        _http.DefaultRequestHeaders.Add("X-API-KEY", key);
    }

    /// <summary>How many items it sent.</summary>
    public int Sent => _sent;

    public static async Task<CaseProbe> StartAsync(BenchDatabase database, Uri items, string key) =>
        new(await BenchmarkConsole.OpenAsync(database, working: false), items, key);

    /// <summary>Sends until this is disposed.</summary>
    public IDisposable Watch()
    {
        CancellationTokenSource end = new();
        _probes.AddRange(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => ProbeAsync(end.Token))));
        return new Ending(end);
    }

    /// <summary>Waits for all and returns how long each case took, milliseconds.</summary>
    public async Task<double[]> EndAsync()
    {
        await Task.WhenAll(_probes);
        return [.. _after];
    }

    /// <summary>How many items of the load and of its own are stored.</summary>
    public async Task<long> StoredAsync()
    {
        await using ConsoleDbContext db = await OpenAsync();
        // What was promised and is not taken in yet is not lost; what is still not taken in after this time counts as that.
        Stopwatch patience = Stopwatch.StartNew();
        while (patience.Elapsed < s_patience && await db.Set<Arrival>().AnyAsync())
        {
            await Task.Delay(s_pace);
        }

        // The first one was there before.
        return await db.Set<ItemVersion>().LongCountAsync(row => row.TypeId == "post" && row.ItemId != "post-0");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _console.DisposeAsync();
    }

    private async Task ProbeAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            int number = Interlocked.Increment(ref _sent);
            string id = $"probe-{number}";
            using StringContent body = new(HttpLoad.Body(id, -number), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
            using HttpResponseMessage response = await _http.PostAsync(_items, body, CancellationToken.None);
            response.EnsureSuccessStatusCode();
            long answered = Stopwatch.GetTimestamp();
            await using (ConsoleDbContext db = await OpenAsync())
            {
                while (!await db.Set<Case>().AnyAsync(about => db.Set<ItemVersion>().Any(item => item.Id == about.ItemVersionId && item.ItemId == id), CancellationToken.None))
                {
                    await Task.Delay(s_look, CancellationToken.None);
                }
            }

            _after.Add(Stopwatch.GetElapsedTime(answered).TotalMilliseconds);
            await Task.Delay(s_pace, CancellationToken.None);
        }
    }

    private Task<ConsoleDbContext> OpenAsync() => _console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(CancellationToken.None);

    private sealed class Ending(CancellationTokenSource end) : IDisposable
    {
        public void Dispose() => end.Cancel();
    }
}
