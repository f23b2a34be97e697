using System.Globalization;
using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>
/// How long a run of faults is and what chance goes by: <c>MODERATION_FAULT_SECONDS</c>, <c>MODERATION_FAULT_SEED</c> and
/// <c>MODERATION_FAULT_KILLS</c> make it longer, or the same again. It prints its seed and the plan that follows from it.
/// </summary>
internal sealed class FaultSuite(ITestOutputHelper output, int seconds)
{
    public const string Seconds = "MODERATION_FAULT_SECONDS";

    /// <summary>What chance goes by.</summary>
    public int Seed { get; } = Setting("MODERATION_FAULT_SEED", Random.Shared.Next(1, 1_000_000));

    /// <summary>How long faults befall the program.</summary>
    public TimeSpan Time { get; } = TimeSpan.FromSeconds(Setting(Seconds, seconds));

    /// <summary>Runs it and fails with all that does not hold afterwards.</summary>
    public async Task HoldsAsync(FaultRun run, FaultPlan plan)
    {
        output.WriteLine($"MODERATION_FAULT_SEED={Seed} {Seconds}={Time.TotalSeconds}\n{plan}");
        (IReadOnlyList<string> problems, string figures) = await run.RunAsync(Time, Setting("MODERATION_FAULT_KILLS", int.MaxValue));
        output.WriteLine(figures);
        Assert.True(problems.Count == 0, $"MODERATION_FAULT_SEED={Seed}, {problems.Count} problems:\n{string.Join('\n', problems.Take(30))}\n{figures}");
        Assert.Empty(plan.All.Select(fault => fault.Kind).Distinct().Except(run.Befell.Keys)
            // Which of the two ways the server ends is up to chance, and a short run may see no kill amid a start.
            .Except([FaultKind.StopDatabase, FaultKind.CrashDatabase, FaultKind.KillAmidStart]));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
