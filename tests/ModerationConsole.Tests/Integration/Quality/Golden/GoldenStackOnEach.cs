using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>What is alike is decided together, but a golden case stands alone: it neither leads a stack nor belongs to one.</summary>
public abstract class GoldenStackOnEach(IDatabaseServer server)
{
    private const string Offer = "We sell cheap followers and likes for every network, write us today and start to grow";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoldenTask_OnTheScreen_GathersNothingThatIsAlike()
    {
        await using GoldenRoom room = await RoomWithGoldenAsync();
        await AlikeAsync(room);
        LeasedTask golden = await room.Console.ClaimAsync(room.Moderator);
        Assert.Equal(TaskKind.Golden, (await room.Console.TaskAsync(golden.TaskNumber)).Kind);

        Assert.Equal(0, await GatherAsync(room, golden));
    }

    [Fact]
    public async Task Task_WithAGoldenOneThatIsAlike_GathersOnlyOthers()
    {
        await using GoldenRoom room = await RoomWithGoldenAsync();
        // What was meant for the person comes first, so that it is set aside here: it waits like everything else.
        await room.Console.WriteAsync(scope => scope.Db.Set<TaskReservation>().ExecuteDeleteAsync(Cancel));
        ReviewTask first = await AlikeAsync(room, priority: 90);
        ReviewTask other = await AlikeAsync(room);
        LeasedTask drawn = await room.Console.ClaimAsync(room.Moderator);
        Assert.Equal(first.Number, drawn.TaskNumber);

        Assert.Equal(1, await GatherAsync(room, drawn));

        Assert.Equal(
            [first.Number, other.Number],
            await room.Console.ReadAsync(db => db.Set<ActiveLease>().OrderBy(row => row.TaskNumber).Select(row => row.TaskNumber).ToListAsync(Cancel)));
        Assert.Equal(TaskState.Waiting, (await room.Console.TaskAsync(Assert.Single(await room.AnswersAsync()).TaskNumber)).State);
    }

    private async Task<GoldenRoom> RoomWithGoldenAsync()
    {
        GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        ReviewTask task = await AlikeAsync(room);
        ActiveLease lease = await room.Console.HoldAsync(room.Author, task);
        await room.DecideAsync(room.Author, new LeasedTaskPlace(task.Number, lease.Fence), Verdict.Violation);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(11));
        await room.MakeAsync(await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, Cancel)));
        await room.WorkAsync();
        return room;
    }

    private static async Task<ReviewTask> AlikeAsync(GoldenRoom room, int priority = 50)
    {
        (Case about, ReviewTask task) = await room.Console.CaseAsync(room.Queue, Offer, priority: priority);
        await room.Console.WriteAsync(async scope =>
        {
            ItemVersion item = await scope.Db.Set<ItemVersion>().SingleAsync(row => row.Id == about.ItemVersionId, Cancel);
            TextLikeness? likeness = TextLikeness.Of(Offer);
            (item.TextKey, item.TextHash) = (likeness?.Key, likeness?.Hash);
            return 0;
        });
        return task;
    }

    private static async Task<int> GatherAsync(GoldenRoom room, LeasedTask drawn)
    {
        await room.Console.Get<FollowLikeness>().RebuildAsync(Cancel);
        return await room.Console.Use<GatherStack>().RunAsync(room.Moderator, drawn.TaskNumber, drawn.Fence, Cancel);
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileGoldenStackTests(SqliteFiles server) : GoldenStackOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresGoldenStackTests(PostgresServer server) : GoldenStackOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerGoldenStackTests(SqlServerDatabases server) : GoldenStackOnEach(server), IClassFixture<SqlServerDatabases>;
