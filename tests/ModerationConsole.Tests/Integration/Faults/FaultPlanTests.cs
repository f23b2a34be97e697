using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>A run of faults that failed can be had again.</summary>
public sealed class FaultPlanTests
{
    private const int Seconds = 120;

    private static readonly FaultKind[] s_always = [FaultKind.Kill, FaultKind.Freeze, FaultKind.CutConnection, FaultKind.FillDisk, FaultKind.SlowPlatform];

    [Fact]
    public void Plan_OfTheSameSeed_IsTheSame()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            Assert.Equal(FaultPlan.OfServer(seed, Seconds).ToString(), FaultPlan.OfServer(seed, Seconds).ToString());
        }

        Assert.Equal(50, Enumerable.Range(1, 50).Select(seed => FaultPlan.OfFile(seed, Seconds).ToString()).Distinct().Count());
    }

    [Fact]
    public void Plan_OfTwoMinutes_HasEveryKindOfFault()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            FaultPlan plan = FaultPlan.OfServer(seed, Seconds);
            FaultKind[] kinds = [.. plan.All.Select(fault => fault.Kind).Distinct()];

            Assert.Contains(kinds, kind => kind is FaultKind.StopDatabase or FaultKind.CrashDatabase);
            Assert.Empty(s_always.Except(kinds));
        }
    }
}
