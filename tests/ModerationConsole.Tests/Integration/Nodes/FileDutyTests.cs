using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>Duties where all processes are on one machine.</summary>
public sealed class FileDutyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EmbeddedDatabase_TwoProcesses_OneHasTheDutyUntilItEnds()
    {
        await using NodeRoom room = await NodeRoom.OnSqliteAsync();
        NodeDuty one = DutiesOnServers.DutyOf(room.One);
        NodeDuty other = DutiesOnServers.DutyOf(room.Other);
        await NodeRoom.LookAsync(room.One);
        await NodeRoom.LookAsync(room.Other);
        await NodeRoom.PassAsync(TimeSpan.FromMinutes(1), room.Other);
        Assert.Equal((true, null), (one.Term?.IsHeld, other.Term));

        await room.One.Get<NodeDuties>().StopAsync(Cancel);
        await NodeRoom.LookAsync(room.Other);

        Assert.Equal((null, true), (one.Term, other.Term?.IsHeld));
        Assert.Equal(0, await room.One.ReadAsync(db => db.Set<NodeLease>().CountAsync(Cancel)));
    }
}
