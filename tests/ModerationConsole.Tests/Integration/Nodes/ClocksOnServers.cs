using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Integration.Enforcement;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>Two machines whose clocks are five minutes apart, nodes on one server.</summary>
public abstract class ClocksOnServers(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task Nodes_OfMachinesWithClocksApart_TakeNothingFromEachOtherAndSendNothingEarly(int minutes)
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        Dictionary<string, string?> settings = new([.. platform.Settings, .. await server.EmptyAsync()]);
        await using TestConsole right = await NodeAsync(settings, TimeSpan.Zero);
        await using TestConsole wrong = await NodeAsync(new(settings) { ["Data:Directory"] = right.DataDirectory }, TimeSpan.FromMinutes(minutes));
        string action = (await right.ActionAsync(platform.Address)).Id;
        string policy = (await right.PolicyAsync()).Id;

        foreach ((TestConsole here, TestConsole there) in new[] { (right, wrong), (wrong, right) })
        {
            DecisionDesk desk = await DecisionDesk.OpenAsync(console: here);
            await there.Get<ExpireLeases>().RunOnceAsync(Cancel);
            Assert.Equal(desk.Lease.Fence, Assert.Single(await there.Use<KeepLease>().RunAsync(desk.Person, Cancel)).Fence);

            DecideCommand command = desk.Command(Verdict.Violation, new ActionOrder(action)) with { PolicyId = policy };
            DecideResult decided = await desk.DecideAsync(command);
            Assert.Equal(DecideOutcome.Decided, decided.Outcome);
            Assert.Equal(DecideOutcome.AlreadyDecided, (await there.Use<DecideCase>().RunAsync(desk.Person, command, Cancel)).Outcome);
            Assert.Equal(0, await there.Get<DeliverActions>().RunOnceAsync(Cancel));
            Assert.Equal(UndoOutcome.Undone, (await there.Use<UndoDecision>().RunAsync(desk.Person, decided.DecisionId!.Value, Cancel)).Outcome);
            await here.Get<SealAudit>().RunToHeadAsync(Cancel);
            await there.Get<SealAudit>().RunToHeadAsync(Cancel);
        }

        Assert.Empty(platform.Received);
        SealSteps.AssertOnly(await right.VerifyAsync());
        Assert.InRange((right.Get<TimeProvider>().GetUtcNow() - wrong.Get<TimeProvider>().GetUtcNow()).Duration(), TimeSpan.Zero, 2 * ServerClock.Slack);
        Assert.Equal((TimeSpan.Zero, -Math.Sign(minutes)), (right.Get<NodeState>().ClockOff, Math.Sign(wrong.Get<NodeState>().ClockOff.Ticks)));
    }

    private static async Task<TestConsole> NodeAsync(Dictionary<string, string?> settings, TimeSpan off)
    {
        TestConsole node = await TestConsole.StartAsync(settings, services => services.AddSingleton<TimeProvider>(new ServerClock(new Machine(off))));
        // As a node does before all else.
        Assert.True(await node.Get<WatchDatabase>().AskAsync(Cancel));
        return node;
    }

    private sealed class Machine(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresClockTests(PostgresServer server) : ClocksOnServers(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerClockTests(SqlServerDatabases server) : ClocksOnServers(server), IClassFixture<SqlServerDatabases>;
