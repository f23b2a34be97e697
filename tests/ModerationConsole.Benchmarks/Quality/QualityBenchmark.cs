using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Benchmarks.Quality;

/// <summary>What the verb <c>quality</c> found, milliseconds.</summary>
/// <param name="Judged">How many samples the figures rest on.</param>
/// <param name="FloorP50Ms">One row by its key, read by turns with the figures.</param>
/// <param name="FillSeconds">How long the database took to make the rows.</param>
internal sealed record QualityResult(
    string Provider, int Decisions, int Samples, int Judged, int Reads, double P50Ms, double P95Ms, double P99Ms, double FloorP50Ms, double FloorP99Ms, double FillSeconds);

/// <summary>Reads all that the overview of quality tells, among very many decisions.</summary>
internal static class QualityBenchmark
{
    private const int WarmUp = 20;

    public static async Task<int> RunAsync(QualityOptions options)
    {
        await using BenchDatabase database = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        await using BenchmarkConsole console = await BenchmarkConsole.OpenAsync(database, sealing: false);
        Stopwatch filling = Stopwatch.StartNew();
        await new QualityFill(console, database, options.Decisions, options.Samples).RunAsync();
        double seconds = Figures.Round(filling.Elapsed.TotalSeconds);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Filled in {seconds:F0} s"));

        ReadQualityFigures read = console.Get<ReadQualityFigures>();
        List<double> times = [];
        List<double> floor = [];
        int judged = 0;
        for (int turn = -WarmUp; turn < options.Reads; turn++)
        {
            long begun = Stopwatch.GetTimestamp();
            judged = (await read.RunAsync(Caller.System, new QualityQuestion(), CancellationToken.None)).Samples.Judged;
            double took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            double least = await FloorAsync(console);
            if (turn >= 0)
            {
                times.Add(took);
                floor.Add(least);
            }
        }

        QualityResult result = new(
            Arguments.NameOf(options.Provider), options.Decisions, options.Samples, judged, options.Reads, Figures.Percentile(times, 0.50), Figures.Percentile(times, 0.95),
            Figures.Percentile(times, 0.99), Figures.Percentile(floor, 0.50), Figures.Percentile(floor, 0.99), seconds);
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : result.ToString());
        return 0;
    }

    private static async Task<double> FloorAsync(BenchmarkConsole console)
    {
        long begun = Stopwatch.GetTimestamp();
        await using (ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync())
        {
            _ = await db.Set<SamplingPlan>().AsNoTracking().Where(plan => plan.State == PlanState.Active).Select(plan => plan.Id).FirstAsync();
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}

/// <summary>What the verb <c>quality</c> is to measure.</summary>
/// <param name="Decisions">How many decisions there are.</param>
/// <param name="Samples">How many of them were drawn.</param>
/// <param name="Reads">How often the figures are read.</param>
internal sealed record QualityOptions(DatabaseProvider Provider, string Connection, int Decisions, int Samples, int Reads, string Directory, bool Json)
{
    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static QualityOptions Read(IReadOnlyList<string> arguments)
    {
        Arguments given = Arguments.Read("quality", arguments, "--provider", "--connection", "--decisions", "--samples", "--reads", "--directory");
        (DatabaseProvider provider, string connection) = given.Database();
        int decisions = given.Number("--decisions", 1_000_000, 20_000_000, least: 1_000);
        return provider == DatabaseProvider.SqlServer
            ? throw new UsageException("quality runs on sqlite and postgres.")
            : new QualityOptions(
                provider, connection, decisions, given.Number("--samples", decisions / 20, decisions), given.Number("--reads", 200, 10_000),
                given.Text("--directory", Path.GetTempPath()), given.Json);
    }
}
