using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ModerationConsole.Benchmarks.Measure;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>Pages of the running program over the real protocol: what they weigh, and how soon they show what happens.</summary>
internal static class CircuitsBenchmark
{
    private const int OpenAtOnce = 8;
    private const int ShowTen = 10;
    private const int WarmUpTasks = 100;
    private const int Rounds = 3;
    private const int WarmUpChanges = 10;
    private const string Desk = "/review/benchmark";

    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(CircuitsOptions options)
    {
        await TellAsync($"Making people and cases for {options.Count} circuits");
        using CircuitsWorld world = await CircuitsWorld.MakeAsync(options);
        double floor = CommitFloor.Measure(world.Data, TimeSpan.FromSeconds(1));
        Weight empty = await WeighEmptyAsync(world, options);

        await using ServedConsole console = await ServedConsole.StartAsync(world.Data);
        string[] cookies = await Task.WhenAll(world.People.Select(console.SessionAsync));
        // The first of each kind pays for what is made once: the last person is for that.
        string path = $"/cases/{world.WatchedByTen.Number}";
        Circuit[] first = [.. await OpenAsync(console, cookies[options.Count..], _ => path), .. await OpenAsync(console, cookies[options.Count..], _ => Desk)];
        await first[1].CaseAfterAsync(null);
        cookies = cookies[..options.Count];
        await TellAsync($"Opening {options.Count} desks, {options.WarmUp + Rounds} times");
        (Weight idle, Circuit[] opened) = await WeighRoundsAsync(console, options.WarmUp, () => DesksAsync(console, cookies));
        List<Circuit> desks = [.. opened];

        await TellAsync($"Deciding at {options.Deciding} of them");
        Deciders deciders = new(desks[..options.Deciding]);
        await deciders.RunAsync(WarmUpTasks, pause: TimeSpan.Zero, measured: false);
        Weight warm = await WeighAsync(console);
        await deciders.RunAsync(options.Seconds * options.Deciding, pause: TimeSpan.FromSeconds(1), measured: true);
        int more = Math.Max(0, options.Tasks + WarmUpTasks - deciders.Done);
        await deciders.RunAsync(more, pause: TimeSpan.Zero, measured: false);
        Weight worked = await WeighAsync(console);

        await TellAsync("Ten show what changes");
        await CloseAsync(desks[..ShowTen]);
        desks.RemoveRange(0, ShowTen);
        Circuit[] showing = await OpenAsync(console, cookies[..ShowTen], _ => path);
        Reach ten = await ChangesAsync(console, console, world.WatchedByTen, cookies[0], showing, options.Seconds);

        await TellAsync("All show what changes");
        await CloseAsync([.. desks, .. showing]);
        path = $"/cases/{world.WatchedByAll.Number}";
        Circuit[] all = await OpenAsync(console, cookies, _ => path);
        Reach reachAll = await ChangesAsync(console, console, world.WatchedByAll, cookies[0], all, options.Seconds);

        int troubles = desks.Concat(showing).Concat(all).Concat(first).Count(circuit => circuit.Trouble is not null);
        string? trouble = desks.Concat(showing).Concat(all).Select(circuit => circuit.Trouble).FirstOrDefault(text => text is not null);
        if (trouble is not null)
        {
            await TellAsync($"A circuit was told: {trouble}");
        }

        int n = options.Count;
        Load memory = Compare(empty, idle, n) with
        {
            Tasks = deciders.Done - WarmUpTasks,
            GrowthHeapKb = Kilobytes(worked.Heap - warm.Heap, 1),
            GrowthRssKb = Kilobytes(worked.Resident - warm.Resident, 1),
        };
        CircuitsResult result = new(
            n, memory, Figures.Percentile(deciders.Next, 0.50), Figures.Percentile(deciders.Next, 0.99), deciders.Next.Count, Math.Round(floor, 1), ten, reachAll, troubles);
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, s_json) : result.ToString());
        await CloseAsync([.. all, .. first]);
        return troubles == 0 ? 0 : 1;
    }

    // A program of its own, so that what it held for these circuits is not held for the others.
    private static async Task<Weight> WeighEmptyAsync(CircuitsWorld world, CircuitsOptions options)
    {
        await using ServedConsole console = await ServedConsole.StartAsync(world.Data);
        string[] nobody = new string[options.Count];
        await TellAsync($"Opening {options.Count} empty pages, {options.WarmUp + Rounds} times");
        Task<Circuit[]> OpenAllAsync() => OpenAsync(console, nobody, _ => BenchServer.Root + "/empty");
        (Weight empty, Circuit[] circuits) = await WeighRoundsAsync(console, options.WarmUp, OpenAllAsync);
        await CloseAsync(circuits);
        return empty;
    }

    private static async Task<Circuit[]> DesksAsync(ServedConsole console, string[] cookies)
    {
        Circuit[] desks = await OpenAsync(console, cookies, _ => Desk);
        await Task.WhenAll(desks.Select(desk => desk.CaseAfterAsync(null)));
        return desks;
    }

    // What the first rounds leave behind (compiled code, caches, room that the collector keeps) is no circuit's weight. Of the others
    // the one in the middle counts: what the collector gives back to the system differs from one time to the next by a fifth.
    private static async Task<(Weight Middle, Circuit[] Open)> WeighRoundsAsync(ServedConsole console, int warmUp, Func<Task<Circuit[]>> openAsync)
    {
        List<long> resident = [];
        List<long> heap = [];
        for (int round = 1; ; round++)
        {
            Weight before = await WeighAsync(console);
            Circuit[] opened = await openAsync();
            Weight after = await WeighAsync(console);
            if (round > warmUp)
            {
                resident.Add(after.Resident - before.Resident);
                heap.Add(after.Heap - before.Heap);
            }

            if (round == warmUp + Rounds)
            {
                return (new Weight(resident.Order().ElementAt(Rounds / 2), heap.Order().ElementAt(Rounds / 2)), opened);
            }

            foreach (Circuit circuit in opened)
            {
                await circuit.LeaveAsync(console.Http);
            }
        }
    }

    internal static async Task<Weight> WeighAsync(ServedConsole console)
    {
        // Until what was opened has drawn all it will.
        await Task.Delay(s_settling);
        return await console.WeighAsync();
    }

    internal static async Task<Circuit[]> OpenAsync(ServedConsole console, string?[] cookies, Func<int, string> path)
    {
        using SemaphoreSlim turns = new(OpenAtOnce);
        return await Task.WhenAll(cookies.Select(async (cookie, place) =>
        {
            await turns.WaitAsync();
            try
            {
                return await console.OpenAsync(path(place), cookie);
            }
            finally
            {
                turns.Release();
            }
        }));
    }

    private static async Task CloseAsync(IEnumerable<Circuit> circuits)
    {
        foreach (Circuit circuit in circuits)
        {
            await circuit.DisposeAsync();
        }
    }

    /// <summary>One change a second, each told by words that stood nowhere before.</summary>
    internal static async Task<Reach> ChangesAsync(ServedConsole changing, ServedConsole drawing, WatchedCase watched, string cookie, Circuit[] showing, int seconds)
    {
        await using BareHub hub = await BareHub.ConnectAsync(drawing.Address, cookie);
        List<double> heard = [];
        ConcurrentBag<double> drawn = [];
        List<double> last = [];
        int missed = 0;
        using PeriodicTimer pace = new(TimeSpan.FromSeconds(1));
        // The first wake what sleeps, and are when the code that draws is compiled once more, better.
        for (int change = -WarmUpChanges; change < seconds; change++)
        {
            await pace.WaitForNextTickAsync();
            string words = $"mark{change + WarmUpChanges:0000}x{Stopwatch.GetTimestamp()}x";
            Task<long> onHub = hub.HearAsync(watched.Number);
            Task<long>[] seen = [.. showing.Select(circuit => circuit.SeeAsync(words))];
            long committed = await changing.ReportAsync(Report(watched, words));
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
            double? hubMs = await WaitAsync(onHub, committed, patience.Token);
            double?[] pages = await Task.WhenAll(seen.Select(page => WaitAsync(page, committed, patience.Token)));
            if (change < 0)
            {
                continue;
            }

            missed += pages.Count(ms => ms is null) + (hubMs is null ? 1 : 0);
            heard.AddRange(hubMs is { } ms ? [ms] : []);
            double[] there = [.. pages.OfType<double>()];
            Array.ForEach(there, drawn.Add);
            last.AddRange(there.Length > 0 ? [there.Max()] : []);
        }

        double floor = Figures.Percentile(heard, 0.99);
        double page = Figures.Percentile(drawn, 0.99);
        return new Reach(showing.Length, seconds, Figures.Percentile(heard, 0.50), floor, Figures.Percentile(drawn, 0.50), page, Figures.Percentile(last, 0.99), Math.Round(page - floor, 2), missed);
    }

    private static async Task<double?> WaitAsync(Task<long> moment, long since, CancellationToken patience)
    {
        try
        {
            long at = await moment.WaitAsync(patience);
            // What was drawn before the commit was known to be done took no time.
            return Math.Max(0, Stopwatch.GetElapsedTime(since, at).TotalMilliseconds);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static object Report(WatchedCase watched, string words) => new
    {
        reporter = new { kind = "user", typeId = "account", id = $"reporter-{words}" },
        reportedAt = TimeProvider.System.GetUtcNow(),
        reportedForReason = new { reason = words },
        reportedItem = watched.Item,
    };

    private static Load Compare(Weight empty, Weight desk, int count)
    {
        double emptyRss = Kilobytes(empty.Resident, count);
        double emptyHeap = Kilobytes(empty.Heap, count);
        double deskRss = Kilobytes(desk.Resident, count);
        double deskHeap = Kilobytes(desk.Heap, count);
        return new Load(emptyRss, emptyHeap, deskRss, deskHeap, Math.Round(deskRss / emptyRss, 2), Math.Round(deskHeap / emptyHeap, 2), 0, 0, 0);
    }

    private static double Kilobytes(long bytes, int parts) => Math.Round(bytes / 1024.0 / parts, 1);

    private static Task TellAsync(string what) => Console.Error.WriteLineAsync(what);
}
