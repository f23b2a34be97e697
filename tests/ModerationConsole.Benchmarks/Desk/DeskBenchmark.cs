using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>What one run of the verb <c>desk</c> found.</summary>
internal sealed record DeskResult(
    string Provider, int Moderators, double CyclesPerSecond, double ClaimP50Ms, double ClaimP99Ms, double DecideP50Ms, double DecideP99Ms,
    int Duplicates, double CommitFloorPerSecond);

/// <summary>Moderators who claim and decide as fast as they can, on thousands of waiting cases, beside what the disk can do in the same run.</summary>
internal static class DeskBenchmark
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_floorTime = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(DeskOptions options)
    {
        await using BenchmarkConsole console = await BenchmarkConsole.StartAsync(options.Provider, options.Connection, options.Directory);
        await Console.Error.WriteLineAsync($"Loading {options.Cases} cases for {options.Moderators} moderators");
        DeskWorld world = await DeskWorld.MakeAsync(console, options.Moderators, options.Cases);
        double floorBefore = CommitFloor.Measure(console.DataDirectory, s_floorTime);
        await Console.Error.WriteLineAsync($"Measuring for {options.Seconds} s after {s_warmUp.TotalSeconds} s to warm up");

        DeskShift shift = new(console, s_warmUp, TimeSpan.FromSeconds(options.Seconds));
        await Task.WhenAll(world.Moderators.Select(person => Task.Run(() => shift.WorkAsync(person))));
        double floor = (floorBefore + CommitFloor.Measure(console.DataDirectory, s_floorTime)) / 2;

        if (shift.RanOut)
        {
            await Console.Error.WriteLineAsync("The cases ran out before the time did: run it again with a larger --cases.");
            return 1;
        }

        DeskResult result = new(
            options.ProviderName, options.Moderators, Round(shift.Claims.Count / (double)options.Seconds),
            Percentile(shift.Claims, 0.50), Percentile(shift.Claims, 0.99), Percentile(shift.Decisions, 0.50), Percentile(shift.Decisions, 0.99),
            shift.Duplicates + await DecidedTwiceAsync(console), Round(floor));
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, s_json) : result.ToString());
        return result.Duplicates == 0 ? 0 : 1;
    }

    private static async Task<int> DecidedTwiceAsync(BenchmarkConsole console)
    {
        await using ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
        return await db.Set<Decision>().GroupBy(row => new { row.CaseNumber, row.CaseVersion }).CountAsync(group => group.Count() > 1);
    }

    private static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1]);
    }

    private static double Round(double value) => Math.Round(value, 2);
}
