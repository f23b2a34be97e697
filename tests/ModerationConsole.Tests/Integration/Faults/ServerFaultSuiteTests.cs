using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>
/// Two nodes on one PostgreSQL, on which the same befalls as a node alone, and more: the server stops, connections are cut in the middle
/// of transactions, and a node stands still for twice as long as leases outlive it. Beside other tests, since it mostly waits.
/// </summary>
public sealed class ServerFaultSuiteTests(ITestOutputHelper output, SeparatePostgresServer postgres) : IClassFixture<SeparatePostgresServer>
{
    // A few people sit at both nodes: a page in each of two windows.
    private const int AtEach = 36;

    [Fact]
    public async Task TwoNodes_ThatFaultsBefallAtRandom_LoseAndRepeatNothing()
    {
        FaultSuite suite = new(output, seconds: 120);
        await using FaultScene scene = await FaultScene.SetAsync(postgres);
        scene.Settings["Lease:Seconds"] = "15";
        scene.Settings["Lease:GraceSeconds"] = "5";
        scene.Settings["Lease:HeartbeatSeconds"] = "3";
        FaultPlan plan = FaultPlan.OfServer(suite.Seed, suite.Time.TotalSeconds);

        await suite.HoldsAsync(new FaultRun(scene, plan, suite.Seed, postgres) { Moderators = AtEach, PauseMs = 1_200, SenderPauseMs = 200, SettleSeconds = 180 }, plan);
    }
}
