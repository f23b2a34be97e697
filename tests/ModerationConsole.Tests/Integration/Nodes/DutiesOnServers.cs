using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>What one node does for all goes over to another when that one stops, dies or freezes, and comes back to nobody by mistake.</summary>
public abstract class DutiesOnServers(IDatabaseServer server)
{
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_BothRunning_OneHasTheDutyAndKeepsIt()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        NodeDuty one = DutyOf(room.One);
        NodeDuty other = DutyOf(room.Other);
        await NodeRoom.LookAsync(room.One);
        await NodeRoom.LookAsync(room.Other);

        await NodeRoom.PassAsync(TimeSpan.FromSeconds(20), room.One, room.Other);

        Assert.Equal((1, null), (one.Term?.Fence, other.Term));
        Assert.True(await room.One.Get<NodeDuties>().HoldsAsync(one.Term!, Cancel));
    }

    [Fact]
    public async Task Node_Dies_AnotherTakesOverWithinFiveSeconds()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        NodeDuty other = DutyOf(room.Other);
        DutyOf(room.One);
        await NodeRoom.LookAsync(room.One);
        await NodeRoom.PassAsync(TimeSpan.FromSeconds(2), room.One, room.Other);
        Assert.Null(other.Term);

        await NodeRoom.PassAsync(s_most, room.Other);

        Assert.Equal(2, other.Term?.Fence);
    }

    [Fact]
    public async Task Term_WithoutASignOfLife_IsOverBeforeAnotherMayTakeOver()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        NodeDuty one = DutyOf(room.One);
        await NodeRoom.LookAsync(room.One);
        DutyTerm term = one.Term!;

        room.One.Clock.Advance(DatabaseDuties.TakenAfter - TimeSpan.FromMilliseconds(1));

        Assert.Equal((false, true, null), (term.IsHeld, term.Over.IsCancellationRequested, one.Term));
    }

    [Fact]
    public async Task Node_WithAClockAnHourAhead_TakesNothingFromOneThatLives()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        NodeDuty one = DutyOf(room.One);
        NodeDuty other = DutyOf(room.Other);
        room.Other.Clock.Advance(TimeSpan.FromHours(1));
        await NodeRoom.LookAsync(room.One);

        await NodeRoom.PassAsync(TimeSpan.FromSeconds(10), room.One, room.Other);

        Assert.Equal((1, null), (one.Term?.Fence, other.Term));
    }

    [Fact]
    public async Task Node_Stops_LeavesItsDutiesToTheNextAtOnce()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        NodeDuty one = DutyOf(room.One);
        NodeDuty other = DutyOf(room.Other);
        await NodeRoom.LookAsync(room.One);
        await NodeRoom.LookAsync(room.Other);
        Assert.NotNull(one.Term);

        await room.One.Get<NodeDuties>().StopAsync(Cancel);
        await NodeRoom.LookAsync(room.Other);

        Assert.Equal((null, 2), (one.Term, other.Term?.Fence));
    }

    [Fact]
    public async Task FrozenSealer_WakesAfterAnotherTookOver_SealsNothing()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        NodeDuty other = room.Other.Get<NodeDuties>().For(NodeDuties.Sealing);
        NodeDuty one = room.One.Get<NodeDuties>().For(NodeDuties.Sealing);
        await NodeRoom.LookAsync(room.One);
        DutyTerm frozen = one.Term!;
        await NodeRoom.LookAsync(room.Other);
        await NodeRoom.PassAsync(s_most, room.Other);
        await room.Other.RecordAsync(3);

        // Its stopwatch stood still as well: only the database can tell it.
        Assert.True(frozen.IsHeld);
        await room.One.Get<SealAudit>().RunOnceAsync(frozen, Cancel);
        Assert.Equal(0, await room.One.CountAsync<AuditLeaf>());

        await room.Other.Get<SealAudit>().RunOnceAsync(other.Term, Cancel);
        Assert.Equal(3, await room.One.CountAsync<AuditLeaf>());
        await NodeRoom.LookAsync(room.One);
        Assert.Null(one.Term);
    }

    [Fact]
    public async Task Retention_OfANodeThatFroze_GoesOnElsewhereAndItRemovesNothingMore()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        RunRetention one = room.One.Get<RunRetention>();
        RunRetention other = room.Other.Get<RunRetention>();
        await NodeRoom.LookAsync(room.One);
        DutyTerm term = room.One.Get<NodeDuties>().For(NodeDuties.Retention).Term!;
        RetentionPass pass = new(room.One.Contexts, room.One.Writes, null, term);
        Assert.Equal(7, await pass.BatchAsync((_, _) => Task.FromResult(7), Cancel));
        Guid? begun = await room.One.Get<RetentionRuns>().TryBeginAsync(Cancel, term);
        Assert.NotNull(begun);
        // However late it is by the clock of the other.
        room.Other.Clock.Advance(TimeSpan.FromHours(2));
        await NodeRoom.LookAsync(room.Other);
        Assert.False(await other.RunOnDutyAsync(Cancel));
        Assert.Equal(1, await room.Other.CountAsync<RetentionRun>());

        await NodeRoom.PassAsync(s_most, room.Other);
        bool ran = await other.RunOnDutyAsync(Cancel);

        Assert.Equal((true, 2, true), (ran, await room.Other.CountAsync<RetentionRun>(), term.IsHeld));
        await Assert.ThrowsAsync<InvalidOperationException>(() => pass.BatchAsync((_, _) => Task.FromResult(7), Cancel));
        Assert.Equal(7, pass.Removed);
        Assert.Null(await room.One.Get<RetentionRuns>().TryBeginAsync(Cancel, term));
        await NodeRoom.LookAsync(room.One);
        room.One.Clock.Advance(TimeSpan.FromHours(3));
        Assert.False(await one.RunOnDutyAsync(Cancel));
    }

    [Fact]
    public async Task PeriodicWork_OfANodeWithoutTheDuty_DoesNothingUntilItHasIt()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        DutyOf(room.One);
        await NodeRoom.LookAsync(room.One);
        CountedWork work = new(room.Other);
        await work.StartAsync(Cancel);

        await NodeRoom.PassAsync(TimeSpan.FromSeconds(3), room.One, room.Other);
        int before = work.Passes;
        await NodeRoom.PassAsync(s_most, room.Other);
        await work.PassedAsync(() => room.Other.Clock.Advance(TimeSpan.FromMilliseconds(500)));

        Assert.Equal(0, before);
        await work.StopAsync(Cancel);
    }

    [Fact]
    public async Task PeriodicWork_UnderWayWhenTheTermEnds_IsBrokenOff()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        CountedWork work = new(room.One) { Hangs = true };
        await NodeRoom.LookAsync(room.One);
        await work.StartAsync(Cancel);
        await work.PassedAsync(() => room.One.Clock.Advance(TimeSpan.FromMilliseconds(500)));

        room.One.Clock.Advance(DatabaseDuties.Lasts);

        await work.BrokenOff.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await work.StopAsync(Cancel);
    }

    [Fact]
    public async Task Leases_OfANodeThatDied_ComeBackThroughAnother()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        Caller person = await room.One.PersonAsync();
        Caller colleague = await room.One.PersonAsync();
        CaseQueue queue = await room.One.QueueAsync([person, colleague]);
        await room.One.CaseAsync(queue);
        ClaimResult lost = await room.One.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel);
        NodeDuty one = room.One.Get<NodeDuties>().For(NodeDuties.Periodic);
        NodeDuty other = room.Other.Get<NodeDuties>().For(NodeDuties.Periodic);
        await NodeRoom.LookAsync(room.One);
        await NodeRoom.LookAsync(room.Other);
        Assert.Equal((true, null), (one.Term is not null, other.Term));

        // The first node is never heard of again.
        await NodeRoom.PassAsync(TimeSpan.FromSeconds(5), room.Other);
        Assert.NotNull(other.Term);
        room.Other.Clock.Advance(TimeSpan.FromSeconds(130));
        await room.Other.Get<ExpireLeases>().RunOnceAsync(Cancel);

        ClaimResult again = await room.Other.Use<ClaimNextCase>().RunAsync(colleague, null, LeaseSlot.Shown, Cancel);
        Assert.Equal(lost.Task!.TaskNumber, again.Task?.TaskNumber);
        Assert.True(again.Task!.Fence > lost.Task.Fence);
    }

    internal static NodeDuty DutyOf(TestConsole node) => node.Get<NodeDuties>().For(NodeDuties.Periodic);
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresDutyTests(PostgresServer server) : DutiesOnServers(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerDutyTests(SqlServerDatabases server) : DutiesOnServers(server), IClassFixture<SqlServerDatabases>;
