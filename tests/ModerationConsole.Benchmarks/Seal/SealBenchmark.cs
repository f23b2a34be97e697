using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Desk;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Seal;

/// <summary>What one run of the verb <c>seal</c> found.</summary>
/// <param name="CyclesOff">Claims and decisions a second without sealing, each turn.</param>
/// <param name="CyclesOn">The same with sealing.</param>
/// <param name="Cost">Share of the throughput that sealing costs: 1 − on/off.</param>
/// <param name="UnsealedAgeP50Ms">Age of the oldest unsealed entry, half of the time.</param>
/// <param name="UnsealedAgeP99Ms">The same, all but a hundredth of the time.</param>
/// <param name="VerifiedEntries">Entries verified.</param>
/// <param name="VerifyPerSecond">Leaves recomputed from their entries a second, with heads and tiles.</param>
/// <param name="VerifiedRecords">Decisions whose hash was recomputed as well.</param>
/// <param name="RecordsPerSecond">How many of them a second.</param>
/// <param name="Wrong">What was found wrong: nothing, or the run is void.</param>
internal sealed record SealResult(
    string Provider, int Moderators, IReadOnlyList<double> CyclesOff, IReadOnlyList<double> CyclesOn, double Cost, double UnsealedAgeP50Ms,
    double UnsealedAgeP99Ms, long VerifiedEntries, double VerifyPerSecond, long VerifiedRecords, double RecordsPerSecond, long Wrong);

/// <summary>The desk without and with sealing by turns, A B A B, then a verification of what came of it.</summary>
internal static class SealBenchmark
{
    private const int EntriesATime = 1_000;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_sample = TimeSpan.FromMilliseconds(50);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(DeskOptions options)
    {
        if (options.Provider != DatabaseProvider.Sqlite)
        {
            throw new UsageException("seal needs four empty databases, so it runs on sqlite.");
        }

        List<double> off = [];
        List<double> on = [];
        List<double> ages = [];
        for (int turn = 0; turn < 2; turn++)
        {
            off.Add(await TurnAsync(options, sealing: false, ages, null));
            AuditVerification? found = null;
            on.Add(await TurnAsync(options, sealing: true, ages, turn == 1 ? async console => found = await VerifyAsync(console, options.Entries) : null));
            if (found is not null)
            {
                return await ReportAsync(options, off, on, ages, found);
            }
        }

        return 1;
    }

    private static async Task<double> TurnAsync(DeskOptions options, bool sealing, List<double> ages, Func<BenchmarkConsole, Task>? after)
    {
        await using BenchmarkConsole console = await BenchmarkConsole.StartAsync(options.Provider, options.Connection, options.Directory, sealing);
        if (!sealing)
        {
            // Not even the note that an entry waits: the desk as it would be if there were no sealing at all.
            await ExecuteAsync(console, "CREATE TRIGGER no_sealing BEFORE INSERT ON audit_unsealed BEGIN SELECT RAISE(IGNORE); END");
        }

        await Console.Error.WriteLineAsync($"Loading {options.Cases} cases; sealing {(sealing ? "on" : "off")}");
        DeskWorld world = await DeskWorld.MakeAsync(console, options.Moderators[0], options.Cases);
        if (sealing)
        {
            await console.Get<SealAudit>().RunToHeadAsync(CancellationToken.None);
        }

        DeskShift shift = new(console, s_warmUp, TimeSpan.FromSeconds(options.Seconds));
        using CancellationTokenSource end = new();
        Task sampling = sealing ? SampleAsync(console, ages, end.Token) : Task.CompletedTask;
        await Task.WhenAll(world.Moderators.Select(person => Task.Run(() => shift.WorkAsync(person))));
        await end.CancelAsync();
        await sampling;
        if (shift.RanOut)
        {
            throw new InvalidOperationException("The cases ran out before the time did: run it again with a larger --cases.");
        }

        if (after is not null)
        {
            await after(console);
        }

        return Math.Round(shift.Claims.Count / (double)options.Seconds, 2);
    }

    private static async Task SampleAsync(BenchmarkConsole console, List<double> ages, CancellationToken cancellationToken)
    {
        await Task.Delay(s_warmUp, CancellationToken.None);
        while (!cancellationToken.IsCancellationRequested)
        {
            SealState state = await console.Get<GetSealState>().RunAsync(Caller.System, CancellationToken.None);
            ages.Add(state.OldestWaits.TotalMilliseconds);
            await Task.Delay(s_sample, CancellationToken.None);
        }
    }

    // What the desk left, filled up with entries of its kind until there are enough to measure.
    private static async Task<AuditVerification> VerifyAsync(BenchmarkConsole console, int entries)
    {
        await using ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
        for (int there = await db.Set<AuditEntry>().CountAsync(); there < entries; there += EntriesATime)
        {
            await console.Get<WritePath>().RunAsync(
                (scope, _) =>
                {
                    for (int i = 0; i < EntriesATime; i++)
                    {
                        scope.Record(Caller.System, AuditAct.CaseViewed, i + 1, i + 2, Guid.CreateVersion7().ToString(), new Dictionary<string, object?>
                        {
                            ["actions"] = "act_benchmark", ["policy"] = "pol_benchmark", ["verdict"] = "Violation", ["place"] = i,
                        });
                    }

                    return Task.FromResult(0);
                },
                CancellationToken.None);
        }

        await Console.Error.WriteLineAsync("Sealing what is left, then verifying");
        await console.Get<SealAudit>().RunToHeadAsync(CancellationToken.None);
        await console.Get<VerifyAudit>().RunAsync(Caller.System, 0, null, CancellationToken.None);
        return await console.Get<VerifyAudit>().RunAsync(Caller.System, 0, null, CancellationToken.None);
    }

    private static async Task<int> ReportAsync(DeskOptions options, List<double> off, List<double> on, List<double> ages, AuditVerification found)
    {
        SealResult result = new(
            options.ProviderName, options.Moderators[0], off, on, Math.Round(1 - (on.Sum() / off.Sum()), 3), Figures.Percentile(ages, 0.50), Figures.Percentile(ages, 0.99),
            found.Entries, Math.Round(found.Entries / found.TreeTime.TotalSeconds), found.Records, Math.Round(found.Records / found.RecordTime.TotalSeconds), found.Wrong);
        await Console.Out.WriteLineAsync(options.Json ? JsonSerializer.Serialize(result, s_json) : result.ToString());
        return found.IsWhole ? 0 : 1;
    }

    private static async Task ExecuteAsync(BenchmarkConsole console, string statement)
    {
        await using ConsoleDbContext db = await console.Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(statement);
    }
}
