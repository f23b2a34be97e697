using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks.Scale;

/// <summary>What one run of the verb <c>scale</c> found: medians over its rounds.</summary>
/// <param name="Rows">How many tasks wait in the large one.</param>
/// <param name="SmallP50Ms">A claim where a thousand wait.</param>
/// <param name="LargeP50Ms">A claim where that many wait.</param>
/// <param name="P50Ratio">Large over small, round by round: less is better.</param>
/// <param name="P99Ratio">The same of the slowest.</param>
/// <param name="BytesEach">What a waiting task costs in its table and indexes.</param>
/// <param name="FillSeconds">How long the database took to fill the table.</param>
internal sealed record ScaleResult(
    string Provider, int Rows, double SmallP50Ms, double SmallP99Ms, double LargeP50Ms, double LargeP99Ms, Ratio? P50Ratio, Ratio? P99Ratio, double BytesEach,
    double FillSeconds, double CommitFloorPerSecond);

/// <summary>One moderator's claims where a thousand tasks wait and where very many do, by turns.</summary>
internal static class ScaleBenchmark
{
    private const int Small = 1_000;

    public static async Task<int> RunAsync(ScaleOptions options)
    {
        await using BenchDatabase few = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        await using BenchDatabase many = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        int claims = (options.Rounds + 1) * options.Claims;
        await using BenchmarkConsole small = await BenchmarkConsole.OpenAsync(few);
        Caller clerk = (await DeskWorld.MakeAsync(small, 1, WaitingFill.Models)).Moderators[0];
        await WaitingFill.UpToAsync(few, Small + claims);
        await using BenchmarkConsole large = await BenchmarkConsole.OpenAsync(many);
        Caller other = (await DeskWorld.MakeAsync(large, 1, WaitingFill.Models)).Moderators[0];
        await WaitingFill.UpToAsync(many, Small + claims);
        await TellAsync($"Filling {options.Rows} rows");
        Stopwatch filling = Stopwatch.StartNew();
        double bytes = await ManyWaiting.AddAsync(many, options.Rows);
        double seconds = Figures.Round(filling.Elapsed.TotalSeconds);
        await TellAsync(string.Create(CultureInfo.InvariantCulture, $"Filled in {seconds:F0} s, {bytes:F0} bytes each"));

        await ClaimAsync(small, clerk, options.Claims);
        await ClaimAsync(large, other, options.Claims);
        List<double[]> fewer = [];
        List<double[]> more = [];
        List<double> floor = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            fewer.Add(await ClaimAsync(small, clerk, options.Claims));
            more.Add(await ClaimAsync(large, other, options.Claims));
            floor.Add(CommitFloor.Measure(many.Folder, TimeSpan.FromSeconds(0.5)));
        }

        ScaleResult result = new(
            Arguments.NameOf(options.Provider), options.Rows, Of(fewer, 0.50), Of(fewer, 0.99), Of(more, 0.50), Of(more, 0.99),
            Ratio.OfTimes(Each(more, 0.50), Each(fewer, 0.50)), Ratio.OfTimes(Each(more, 0.99), Each(fewer, 0.99)), bytes, seconds, Figures.Median(floor));
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : result.ToString());
        return 0;
    }

    private static async Task<double[]> ClaimAsync(BenchmarkConsole console, Caller clerk, int claims)
    {
        double[] times = new double[claims];
        for (int i = 0; i < claims; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            ClaimResult claim = await console.Get<ClaimNextCase>().RunAsync(clerk, null);
            times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            LeasedTask task = claim is { Outcome: ClaimOutcome.Claimed, Task: { } held } ? held : throw new InvalidOperationException($"Claiming ended with {claim.Outcome}.");
            DecideResult decided = await console.Get<DecideCase>().RunAsync(clerk, new DecideCommand(task.TaskNumber, task.Fence, Verdict.Allow), CancellationToken.None);
            if (decided.Outcome != DecideOutcome.Decided)
            {
                throw new InvalidOperationException($"Deciding ended with {decided.Outcome}.");
            }
        }

        return times;
    }

    private static IEnumerable<double> Each(List<double[]> rounds, double share) => rounds.Select(times => Figures.Percentile(times, share));

    private static double Of(List<double[]> rounds, double share) => Figures.Median([.. Each(rounds, share)]);

    private static Task TellAsync(string what) => Console.Error.WriteLineAsync(what);
}

/// <summary>What the verb <c>scale</c> is to measure.</summary>
/// <param name="Rows">How many tasks wait where very many do.</param>
/// <param name="Claims">Claims a turn.</param>
internal sealed record ScaleOptions(DatabaseProvider Provider, string Connection, int Rows, int Claims, int Rounds, string Directory, bool Json)
{
    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static ScaleOptions Read(IReadOnlyList<string> arguments)
    {
        Arguments given = Arguments.Read("scale", arguments, "--provider", "--connection", "--rows", "--claims", "--rounds", "--directory");
        (DatabaseProvider provider, string connection) = given.Database();
        return provider == DatabaseProvider.SqlServer
            ? throw new UsageException("scale runs on sqlite and postgres.")
            : new ScaleOptions(
                provider, connection, given.Number("--rows", 10_000_000, 100_000_000), given.Number("--claims", 200, 10_000), given.Number("--rounds", 5, 100),
                given.Text("--directory", Path.GetTempPath()), given.Json);
    }
}
