using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Escalations.Precedents;

namespace ModerationConsole.Benchmarks.Precedents;

/// <summary>What the verb <c>precedents</c> found, milliseconds.</summary>
/// <param name="FoundFirst">Of the cases at hand, how many were offered the precedent that they are near to before all others.</param>
/// <param name="ColdMs">The first offer of a node, which reads them all into memory.</param>
/// <param name="FloorP50Ms">One row by its key, read by turns with the offers.</param>
internal sealed record PrecedentResult(
    string Provider, int Precedents, int Cases, int FoundFirst, int Offers, double ColdMs, double P50Ms, double P95Ms, double P99Ms, double WorstMs, double FloorP50Ms, double FloorP99Ms, double FillSeconds);

/// <summary>The desk's offer of precedents, the whole use case, among very many, by turns with one row by its key.</summary>
internal static class PrecedentBenchmark
{
    private const int WarmUp = 50;

    public static async Task<int> RunAsync(PrecedentOptions options)
    {
        await using BenchDatabase database = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        await using BenchmarkConsole console = await BenchmarkConsole.OpenAsync(database, sealing: false);
        Stopwatch filling = Stopwatch.StartNew();
        IReadOnlyList<(Caller Person, long Task, long Near)> held = await new PrecedentWorld(console, options.Precedents).MakeAsync(options.Cases);
        await database.ExecuteAsync("ANALYZE");
        double seconds = Figures.Round(filling.Elapsed.TotalSeconds);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Filled in {seconds:F0} s"));

        OfferPrecedents offer = console.Get<OfferPrecedents>();
        long cold = Stopwatch.GetTimestamp();
        await offer.RunAsync(held[0].Person, held[0].Task, CancellationToken.None);
        double coldMs = Figures.Round(Stopwatch.GetElapsedTime(cold).TotalMilliseconds);
        List<double> times = [];
        List<double> floor = [];
        HashSet<long> found = [];
        for (int turn = -WarmUp; turn < options.Offers; turn++)
        {
            (Caller person, long task, long near) = held[(turn + WarmUp) % held.Count];
            long begun = Stopwatch.GetTimestamp();
            IReadOnlyList<PrecedentOffer> offers = await offer.RunAsync(person, task, CancellationToken.None) ?? throw new InvalidOperationException("The case went away.");
            double took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            double least = await FloorAsync(console, near);
            if (turn >= 0)
            {
                times.Add(took);
                floor.Add(least);
            }

            // One that is near by its picture is near to the last that has one.
            if (offers is [var first, ..] && (first.Number == near || (first.Number <= near && first.Number > near - 3 && first.Reasons[0].Link == PrecedentLink.NearPicture)))
            {
                found.Add(task);
            }
        }

        PrecedentResult result = new(
            Arguments.NameOf(options.Provider), options.Precedents, held.Count, found.Count, options.Offers, coldMs, Figures.Percentile(times, 0.50), Figures.Percentile(times, 0.95),
            Figures.Percentile(times, 0.99), Figures.Percentile(times, 1), Figures.Percentile(floor, 0.50), Figures.Percentile(floor, 0.99), seconds);
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : result.ToString());
        return 0;
    }

    private static async Task<double> FloorAsync(BenchmarkConsole console, long number)
    {
        long begun = Stopwatch.GetTimestamp();
        await using (ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync())
        {
            _ = await db.Set<PrecedentVersion>().AsNoTracking().SingleAsync(row => row.PrecedentNumber == number && row.Number == 1);
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}

/// <summary>What the verb <c>precedents</c> is to measure.</summary>
/// <param name="Precedents">How many there are.</param>
/// <param name="Cases">How many cases are at hand, one for each person.</param>
/// <param name="Offers">How often one is looked up.</param>
internal sealed record PrecedentOptions(DatabaseProvider Provider, string Connection, int Precedents, int Cases, int Offers, string Directory, bool Json)
{
    /// <exception cref="UsageException">An option is unknown or wrong.</exception>
    public static PrecedentOptions Read(IReadOnlyList<string> arguments)
    {
        Arguments given = Arguments.Read("precedents", arguments, "--provider", "--connection", "--precedents", "--cases", "--offers", "--directory");
        (DatabaseProvider provider, string connection) = given.Database();
        return provider == DatabaseProvider.SqlServer
            ? throw new UsageException("precedents runs on sqlite and postgres.")
            : new PrecedentOptions(
                provider, connection, given.Number("--precedents", 10_000, 1_000_000, least: 100), given.Number("--cases", 100, 1_000), given.Number("--offers", 1_000, 100_000),
                given.Text("--directory", Path.GetTempPath()), given.Json);
    }
}
