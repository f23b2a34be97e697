using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Benchmarks.Cases;

/// <summary>What the verb <c>cases</c> found of one kind of reading.</summary>
/// <param name="SmallMs">Median over a thousand cases.</param>
/// <param name="LargeMs">Median over all.</param>
/// <param name="Ratio">Median over all, as a multiple of the first page of a thousand.</param>
/// <param name="Worst">The same of the slowest.</param>
internal sealed record CasesLine(string Reading, double SmallMs, double LargeMs, double Ratio, double Worst);

/// <summary>Reads the list of cases at its beginning, middle and end, both ways, and searches it: among a thousand and among very many, by turns.</summary>
internal static class CasesBenchmark
{
    private const int Small = 1_000;
    private const int Rounds = 15;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(DeskOptions options)
    {
        await using BenchDatabase few = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        await using BenchDatabase many = await BenchDatabase.MakeAsync(options.Provider, options.Connection, options.Directory);
        await using BenchmarkConsole smaller = await BenchmarkConsole.OpenAsync(few, sealing: false);
        await using BenchmarkConsole larger = await BenchmarkConsole.OpenAsync(many, sealing: false);
        await CasesFill.MakeAsync(smaller, 0, Small);
        Stopwatch filling = Stopwatch.StartNew();
        await CasesFill.MakeAsync(larger, 0, options.Cases);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Filled {options.Cases} cases in {filling.Elapsed.TotalSeconds:F0} s"));
        Dictionary<string, double[]> small = [];
        Dictionary<string, double[]> large = [];
        // By turns: how busy the machine is changes from one minute to the next. The first turn warms up.
        for (int round = -1; round < Rounds; round++)
        {
            await MeasureAsync(smaller.Get<ListCases>(), Small, round, small);
            await MeasureAsync(larger.Get<ListCases>(), options.Cases, round, large);
        }

        double floor = Median(small["first page"]);
        CasesLine[] lines = [.. large.Select(pair => new CasesLine(
            pair.Key, Round(Median(small[pair.Key])), Round(Median(pair.Value)), Round(Median(pair.Value) / floor), Round(pair.Value.Max() / floor)))];
        await Console.Out.WriteLineAsync(options.Json
            ? JsonSerializer.Serialize(new { provider = options.ProviderName, cases = options.Cases, lines }, s_json)
            : string.Join(Environment.NewLine, lines.Select(line => line.ToString())));
        return 0;
    }

    private static async Task MeasureAsync(ListCases list, int cases, int round, Dictionary<string, double[]> times)
    {
        foreach ((string reading, CaseFilter filter, CasePlace place) in Readings(cases))
        {
            long begun = Stopwatch.GetTimestamp();
            await list.RunAsync(Caller.System, filter, place, CancellationToken.None);
            if (round < 0)
            {
                times[reading] = new double[Rounds];
                continue;
            }

            times[reading][round] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
    }

    private static (string Reading, CaseFilter Filter, CasePlace Place)[] Readings(int cases)
    {
        long middle = cases / 2;
        return
        [
            ("first page", new(), new()),
            ("middle, onwards", new(), new(OlderThan: middle, Count: false)),
            ("middle, back", new(), new(NewerThan: middle, Count: false)),
            ("last page", new(), new(NewerThan: 0, Count: false)),
            ("last page, onwards", new(), new(OlderThan: 51, Count: false)),
            ("by activity, first", new(), new(Order: CaseOrder.Activity, Count: false)),
            ("by activity, middle", new(), new(OlderThan: middle, At: CasesFill.ActivityOf(middle), Order: CaseOrder.Activity, Count: false)),
            ("open only, middle", new() { State = CaseState.Open }, new(OlderThan: middle, Count: false)),
            ("a word in one of 1 000", new() { Search = "seldom" }, new()),
            ("a word in one of 1 000, middle", new() { Search = "seldom" }, new(OlderThan: middle, Count: false)),
            ("a word in half of all", new() { Search = "often" }, new()),
            ("a word in half of all, last page", new() { Search = "often" }, new(NewerThan: 0, Count: false)),
            ("two words", new() { Search = "often seldom" }, new()),
            ("a phrase", new() { Search = "\"jumps over\"" }, new(Count: false)),
            ("a word that is not there", new() { Search = "nowhere" }, new()),
            ("an author's id", new() { Search = "author-77" }, new()),
        ];
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Round(double value) => Math.Round(value, 2);
}
