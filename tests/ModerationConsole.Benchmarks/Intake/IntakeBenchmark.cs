using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using ModerationConsole.Benchmarks.Circuits;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Benchmarks.Intake;

/// <summary>What one run of the verb <c>intake</c> found: medians over its rounds.</summary>
/// <param name="Generator">What sent the requests.</param>
/// <param name="PerSecond">Items accepted a second, one a request.</param>
/// <param name="FloorPerSecond">The same of an endpoint in the same process that reads the body as JSON and does nothing.</param>
/// <param name="PeerPerSecond">The same of the peer's batch path; null where it was not measured.</param>
/// <param name="RateRatio">Product over floor: more is better.</param>
/// <param name="P99Ratio">Slowest answers, product over the peer's batch path: less is better.</param>
/// <param name="CaseAfterP50Ms">From an answer until its case was there, under the load.</param>
/// <param name="CaseAfterP99Ms">The same, all but a hundredth of the time.</param>
/// <param name="Probes">How many of those.</param>
/// <param name="Failed">Requests that were not accepted: none, or the run is void.</param>
/// <param name="Lost">Items that were accepted and are not stored: none, or the run is void.</param>
internal sealed record IntakeResult(
    string Provider, int Connections, string Generator, int Rounds, double PerSecond, double P50Ms, double P99Ms, double FloorPerSecond, double FloorP99Ms,
    double? PeerPerSecond, double? PeerP99Ms, Ratio? RateRatio, Ratio? P99Ratio, double CaseAfterP50Ms, double CaseAfterP99Ms, int Probes, long Failed, long Lost,
    double CommitFloorPerSecond);

/// <summary>Items sent to the running program over HTTP, by turns with an endpoint that does nothing and with the peer's batch path.</summary>
internal static class IntakeBenchmark
{
    private const int WarmUpSeconds = 3;

    public static async Task<int> RunAsync(IntakeOptions options)
    {
        await using BenchDatabase database = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        string key = await MakeAsync(database);
        await using ServedConsole console = await ServedConsole.StartAsync(
            database.Folder, [.. database.Settings, "--Api:RequestsPerSecond=1000000", "--Api:Burst=1000000"]);
        int port = FreePort();
        using Process? peer = options.Peers.Folder.Length > 0 ? await options.Peers.ServeIntakeAsync(port) : null;
        try
        {
            return await MeasureAsync(options, database, console, key, peer is null ? null : new Uri($"http://127.0.0.1:{port}/coop"));
        }
        finally
        {
            peer?.Kill();
        }
    }

    private static async Task<int> MeasureAsync(IntakeOptions options, BenchDatabase database, ServedConsole console, string key, Uri? peer)
    {
        HttpLoad load = new(options.Connections, database.Folder);
        Uri items = new(console.Address, "/api/v1/items/async/");
        Uri nothing = new(console.Address, $"{BenchServer.Root}/nothing");
        await TellAsync($"Sending with {HttpLoad.Generator}");
        List<LoadRound> product = [await load.RunAsync(items, key, "warm", WarmUpSeconds)];
        List<LoadRound> floor = [await load.RunAsync(nothing, key, "warm", WarmUpSeconds)];
        List<LoadRound> beside = peer is null ? [] : [await load.RunAsync(peer, key, "warm", WarmUpSeconds)];
        long expected = product[0].Answers - product[0].Failed;
        long failed = product[0].Failed;
        (product, floor, beside) = ([], [], []);
        List<double> commits = [];
        await using CaseProbe probe = await CaseProbe.StartAsync(database, items, key);
        for (int round = 1; round <= options.Rounds; round++)
        {
            using (probe.Watch())
            {
                product.Add(await load.RunAsync(items, key, $"r{round}", options.Seconds));
            }

            floor.Add(await load.RunAsync(nothing, key, $"r{round}", options.Seconds));
            if (peer is not null)
            {
                beside.Add(await load.RunAsync(peer, key, $"r{round}", options.Seconds));
            }

            commits.Add(CommitFloor.Measure(database.Folder, TimeSpan.FromSeconds(0.5)));
            expected += product[^1].Answers - product[^1].Failed;
            failed += product[^1].Failed;
            await TellAsync(string.Create(
                CultureInfo.InvariantCulture, $"Round {round}: {product[^1].PerSecond} a second beside {floor[^1].PerSecond}; p99 {product[^1].P99:F1} ms beside {beside.LastOrDefault()?.P99:F1}"));
        }

        double[] after = await probe.EndAsync();
        IntakeResult result = new(
            Arguments.NameOf(options.Provider), options.Connections, HttpLoad.Generator, options.Rounds, Of(product, round => round.PerSecond), Of(product, round => round.P50),
            Of(product, round => round.P99), Of(floor, round => round.PerSecond), Of(floor, round => round.P99),
            peer is null ? null : Of(beside, round => round.PerSecond), peer is null ? null : Of(beside, round => round.P99),
            Ratio.OfRates(product.Select(round => round.PerSecond), floor.Select(round => round.PerSecond)),
            Ratio.OfTimes(product.Select(round => round.P99), beside.Select(round => round.P99)),
            Figures.Percentile(after, 0.50), Figures.Percentile(after, 0.99), after.Length, failed, Math.Max(0, expected + probe.Sent - await probe.StoredAsync()), Figures.Median(commits));
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : result.ToString());
        return result is { Failed: 0, Lost: 0 } ? 0 : 1;
    }

    private static async Task<string> MakeAsync(BenchDatabase database)
    {
        await using BenchmarkConsole console = await BenchmarkConsole.OpenAsync(database);
        await DeskWorld.MakeAsync(console, 1, 1);
        CreatedKey created = await console.Get<CreateApiKey>().RunAsync(
            Caller.System, new NewApiKey("Benchmark", [Permission.SubmitItems], TimeProvider.System.GetUtcNow().AddDays(1)), CancellationToken.None);
        return created.Outcome == CreateKeyOutcome.Created ? created.Key : throw new InvalidOperationException($"Key: {created.Outcome}");
    }

    private static double Of(List<LoadRound> rounds, Func<LoadRound, double> figure) => Figures.Median([.. rounds.Select(figure)]);

    private static int FreePort()
    {
        using TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task TellAsync(string what) => Console.Error.WriteLineAsync(what);
}

/// <summary>What the verb <c>intake</c> is to measure.</summary>
/// <param name="Connections">How many send at once.</param>
internal sealed record IntakeOptions(DatabaseProvider Provider, string Connection, int Connections, int Seconds, int Rounds, string Directory, bool Json, Peers Peers)
{
    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static IntakeOptions Read(IReadOnlyList<string> arguments)
    {
        Arguments given = Arguments.Read(
            "intake", arguments, "--provider", "--connection", "--connections", "--seconds", "--rounds", "--directory", "--peer", "--peer-redis");
        (DatabaseProvider provider, string connection) = given.Database();
        return new IntakeOptions(
            provider, connection, given.Number("--connections", 64, 1_000), given.Number("--seconds", 5, 600), given.Number("--rounds", 5, 100),
            given.Text("--directory", Path.GetTempPath()), given.Json, new Peers(given.Text("--peer"), given.Number("--peer-redis", 56_379, 65_535), ""));
    }
}
