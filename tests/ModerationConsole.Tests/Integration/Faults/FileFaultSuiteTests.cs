using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>
/// One node on its own file is killed and frozen at random moments, its media disk fills and the platform slows down, while items and
/// reports arrive, stills are drawn and moderators look and decide. Nothing that was acknowledged may be lost or happen twice.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class FileFaultSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Node_ThatFaultsBefallAtRandom_LosesAndRepeatsNothing()
    {
        FaultSuite suite = new(output, seconds: 60);
        await using FaultScene scene = await FaultScene.SetAsync();
        FaultPlan plan = FaultPlan.OfFile(suite.Seed, suite.Time.TotalSeconds);

        await suite.HoldsAsync(new FaultRun(scene, plan, suite.Seed) { Moderators = FaultScene.People, PauseMs = 320, SenderPauseMs = 60, SettleSeconds = 100 }, plan);
    }
}
