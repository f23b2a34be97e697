using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Snapshot;

/// <summary>What one run of the verb <c>snapshot</c> found: medians over its rounds.</summary>
/// <param name="HeldSeconds">How long the snapshot is open in each round; the last seconds of it are measured, and the same without.</param>
/// <param name="CyclesFree">Claims with their decisions a second without it.</param>
/// <param name="CyclesHeld">The same with it.</param>
/// <param name="Ratio">With over without: more is better.</param>
/// <param name="ClaimP50Ratio">A claim with it over one without: less is better.</param>
/// <param name="DeadRows">Rows of the waiting table that could not be cleared away while it was open.</param>
internal sealed record SnapshotResult(
    string Provider, int Moderators, int Rounds, int HeldSeconds, double CyclesFree, double CyclesHeld, Ratio? Ratio, Ratio? ClaimP50Ratio, Ratio? ClaimP99Ratio,
    IReadOnlyList<long> DeadRows, int Duplicates, double CommitFloorPerSecond);

/// <summary>The desk while someone's long report holds a snapshot of the database open, by turns with the desk alone.</summary>
internal static class SnapshotBenchmark
{
    private const int WarmUpSeconds = 5;

    public static async Task<int> RunAsync(DeskOptions options)
    {
        if (options.Provider != DatabaseProvider.PostgreSql || options.Hold <= options.Seconds)
        {
            throw new UsageException("snapshot runs on postgres, and --hold is longer than --seconds.");
        }

        int moderators = options.Moderators[0];
        await using DeskSide side = await DeskSide.StartAsync(options, moderators, audit: true);
        DeskRound pace = await side.WorkAsync(moderators, options.Cases, TimeSpan.Zero, WarmUpSeconds);
        List<DeskRound> free = [];
        List<DeskRound> held = [];
        List<long> dead = [];
        List<double> floor = [];
        for (int round = 1; round <= options.Rounds; round++)
        {
            free.Add(await TurnAsync(side, options, pace));
            await using (DbConnection report = await side.Database.OpenAsync())
            {
                await using DbTransaction open = await report.BeginTransactionAsync(IsolationLevel.RepeatableRead);
                // A snapshot is taken by its first statement.
                await using DbCommand look = report.CreateCommand();
                (look.Transaction, look.CommandText) = (open, "SELECT COUNT(*) FROM waiting_task");
                held.Add(await TurnAsync(side, options, pace, async () => await look.ExecuteScalarAsync()));
                dead.Add(await DeadAsync(side));
            }

            floor.Add(CommitFloor.Measure(side.Folder, TimeSpan.FromSeconds(0.5)));
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Round {round}: {held[^1].Cycles} cycles a second beside {free[^1].Cycles}, {dead[^1]} dead rows"));
        }

        int duplicates = await side.DuplicatesAsync();
        SnapshotResult result = new(
            options.ProviderName, moderators * options.Nodes, options.Rounds, options.Hold,
            Figures.Median([.. free.Select(round => round.Cycles)]), Figures.Median([.. held.Select(round => round.Cycles)]),
            Ratio.OfRates(held.Select(round => round.Cycles), free.Select(round => round.Cycles)),
            Ratio.OfTimes(held.Select(round => round.Claim50), free.Select(round => round.Claim50)),
            Ratio.OfTimes(held.Select(round => round.Claim99), free.Select(round => round.Claim99)), dead, duplicates, Figures.Median(floor));
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : result.ToString());
        return duplicates == 0 ? 0 : 1;
    }

    // Both begin with a table that was cleared, and both work as long before they are measured.
    private static async Task<DeskRound> TurnAsync(DeskSide side, DeskOptions options, DeskRound pace, Func<Task>? first = null)
    {
        int cases = Math.Max(options.Cases, (int)(pace.Cycles * options.Hold * 2));
        await WaitingFill.UpToAsync(side.Database, cases);
        await side.Database.ExecuteAsync("VACUUM waiting_task");
        await (first?.Invoke() ?? Task.CompletedTask);
        return await side.WorkAsync(options.Moderators[0], 1, TimeSpan.FromSeconds(options.Hold - options.Seconds), options.Seconds);
    }

    private static async Task<long> DeadAsync(DeskSide side)
    {
        await side.Database.ExecuteAsync("ANALYZE waiting_task");
        return await side.Database.NumberAsync("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'waiting_task'");
    }
}
