using System.Text.Json;
using ModerationConsole.Benchmarks.Circuits;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Push;

/// <summary>What one run of the verb <c>push</c> found.</summary>
/// <param name="Nodes">Programs on one database: the first commits, the last one draws.</param>
/// <param name="Circuits">Circuits on the last node.</param>
/// <param name="Reach">From the commit until it was drawn, and heard by a bare client of the same node's hub.</param>
/// <param name="RssMb">What the last node holds with all circuits open, after the changes.</param>
/// <param name="RssKbEach">What each circuit added to it.</param>
/// <param name="HeapKbEach">The same of the managed heap.</param>
/// <param name="Troubles">Circuits that the server ended or complained to.</param>
internal sealed record PushResult(
    string Provider, int Nodes, int Circuits, Reach Reach, double RssMb, double RssKbEach, double HeapKbEach, int Troubles, double CommitFloorPerSecond);

/// <summary>A change committed on one node, drawn by real circuits of another one (or of the same, where there is but one).</summary>
internal static class PushBenchmark
{
    public static async Task<int> RunAsync(PushOptions options)
    {
        await using BenchDatabase database = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        await TellAsync($"Making {options.Count} people");
        CircuitsWorld world;
        await using (BenchmarkConsole console = await BenchmarkConsole.OpenAsync(database))
        {
            world = await CircuitsWorld.FillAsync(console, options.Count, cases: 10, holding: false);
        }

        await using ServedConsole first = await ServedConsole.StartAsync(database.Folder, database.Settings);
        await using ServedConsole? second = options.Nodes > 1 ? await ServedConsole.StartAsync(database.Folder, database.Settings) : null;
        ServedConsole last = second ?? first;
        string[] cookies = await Task.WhenAll(world.People.Select(last.SessionAsync));
        string watched = $"/cases/{world.WatchedByAll.Number}";
        // The first one pays for what is made once.
        Circuit[] opened = await CircuitsBenchmark.OpenAsync(last, cookies[..1], _ => watched);
        await TellAsync($"Opening {options.Count} circuits, {options.Showing} of which show what changes");
        Weight before = await CircuitsBenchmark.WeighAsync(last);
        Circuit[] showing = await CircuitsBenchmark.OpenAsync(last, cookies[..options.Showing], _ => watched);
        Circuit[] others = await CircuitsBenchmark.OpenAsync(last, cookies[options.Showing..], _ => "/queues");
        Weight idle = await CircuitsBenchmark.WeighAsync(last);
        Reach reach = await CircuitsBenchmark.ChangesAsync(first, last, world.WatchedByAll, cookies[0], showing, options.Seconds);
        Weight after = await CircuitsBenchmark.WeighAsync(last);

        Circuit[] all = [.. opened, .. showing, .. others];
        PushResult result = new(
            Arguments.NameOf(options.Provider), options.Nodes, options.Count, reach, Figures.Round(after.Resident / 1_048_576.0),
            Figures.Round((idle.Resident - before.Resident) / 1024.0 / options.Count), Figures.Round((idle.Heap - before.Heap) / 1024.0 / options.Count),
            all.Count(circuit => circuit.Trouble is not null), Figures.Round(CommitFloor.Measure(database.Folder, TimeSpan.FromSeconds(0.5))));
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : result.ToString());
        foreach (Circuit circuit in all)
        {
            await circuit.DisposeAsync();
        }

        return result is { Troubles: 0, Reach.Missed: 0 } ? 0 : 1;
    }

    private static Task TellAsync(string what) => Console.Error.WriteLineAsync(what);
}

/// <summary>What the verb <c>push</c> is to measure.</summary>
/// <param name="Nodes">One program, or two on one database.</param>
/// <param name="Count">Circuits on the node that draws.</param>
/// <param name="Showing">How many of them show what changes; the others show the queues.</param>
/// <param name="Seconds">Changes, one a second.</param>
internal sealed record PushOptions(DatabaseProvider Provider, string Connection, int Nodes, int Count, int Showing, int Seconds, string Directory, bool Json)
{
    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static PushOptions Read(IReadOnlyList<string> arguments)
    {
        Arguments given = Arguments.Read(
            "push", arguments, "--provider", "--connection", "--nodes", "--count", "--showing", "--seconds", "--directory");
        (DatabaseProvider provider, string connection) = given.Database();
        int nodes = given.Number("--nodes", provider == DatabaseProvider.PostgreSql ? 2 : 1, 2);
        int count = given.Number("--count", 10, 2_000);
        int showing = given.Number("--showing", count, 2_000);
        return nodes > 1 && provider != DatabaseProvider.PostgreSql ? throw new UsageException("--nodes 2 needs --provider postgres.")
            : showing > count ? throw new UsageException("--showing must not be more than --count.")
            : new PushOptions(provider, connection, nodes, count, showing, given.Number("--seconds", 30, 3_600), given.Text("--directory", Path.GetTempPath()), given.Json);
    }
}
