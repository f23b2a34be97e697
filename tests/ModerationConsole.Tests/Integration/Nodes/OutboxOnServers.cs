using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>What one node writes reaches every node, once, whatever order it commits in.</summary>
public abstract class OutboxOnServers(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transaction_ThatTookItsNumberFirstAndCommitsLast_IsDeliveredToo()
    {
        await using Watched node = await StartAsync();
        await using Held first = await Held.BeginAsync(node.Console, "first");
        await TailSteps.WriteAsync(node.Console, "second");

        await node.TailAsync();
        Assert.Equal(["second"], node.Heard);
        await first.CommitAsync();
        await node.TailAsync();

        Assert.Equal(["second", "first"], node.Heard);
    }

    [Fact]
    public async Task Transaction_UnderWayWhenTheNodeStarts_IsDelivered()
    {
        await using TestConsole console = await StartConsoleAsync();
        await TailSteps.WriteAsync(console, "long ago");
        await using Held first = await Held.BeginAsync(console, "under way");
        await TailSteps.WriteAsync(console, "just before");
        await using Watched node = await Watched.JoinAsync(console, owns: false);

        await first.CommitAsync();
        await node.TailAsync();

        Assert.Equal(["under way"], node.Heard);
    }

    [Fact]
    public async Task Node_ThatSleptAWhile_CatchesUpInOrder()
    {
        await using Watched node = await StartAsync();
        string[] written = [.. Enumerable.Range(0, 1_200).Select(number => $"{number}")];
        await node.Console.WriteAsync(scope =>
        {
            foreach (string state in written)
            {
                scope.Publish(LiveKind.QueueChanged, state: state);
            }

            return Task.FromResult(true);
        });
        node.Console.Clock.Advance(TimeSpan.FromMinutes(5));

        await node.TailAsync();

        Assert.Equal(written, node.Heard);
    }

    [Fact]
    public async Task Node_ThatSleptLongerThanTheOutboxIsKept_TellsEveryoneToReadAnew()
    {
        await using Watched node = await StartAsync();
        List<LiveKind> elsewhere = [];
        using IDisposable other = node.Console.Get<CaseFeed>().Subscribe(_ => false, events => elsewhere.AddRange(events.Select(change => change.Kind)));
        await TailSteps.WriteAsync(node.Console, "missed");
        node.Console.Clock.Advance(OutboxCursor.LongestSleep + TimeSpan.FromSeconds(1));

        await node.TailAsync();
        await TailSteps.WriteAsync(node.Console, "after");
        await node.TailAsync();

        Assert.Equal([LiveKind.Missed], elsewhere);
        Assert.Equal([nameof(LiveKind.Missed), "after"], node.Heard);
    }

    [Fact]
    public async Task Number_RolledBack_IsForgottenOnceNothingCanCommitIt()
    {
        await using Watched node = await StartAsync();
        await using (Held lost = await Held.BeginAsync(node.Console, "lost"))
        {
            await TailSteps.WriteAsync(node.Console, "kept");
            await node.TailAsync();
        }

        OutboxCursor cursor = new(server.Provider, node.Console.Clock);
        await TailSteps.ReadAsync(node.Console, cursor);
        Assert.Equal(1, cursor.Gaps);
        // PostgreSQL can say that no transaction of then is left; elsewhere it is time that tells.
        TimeSpan step = server.Provider == DatabaseProvider.PostgreSql ? TimeSpan.FromSeconds(15) : OutboxGaps.LongestWrite;
        for (int look = 0; look < 3; look++)
        {
            node.Console.Clock.Advance(step);
            await TailSteps.WriteAsync(node.Console, "more");
            await TailSteps.ReadAsync(node.Console, cursor);
        }

        Assert.Equal(0, cursor.Gaps);
    }

    private async Task<Watched> StartAsync() => await Watched.JoinAsync(await StartConsoleAsync(), owns: true);

    private async Task<TestConsole> StartConsoleAsync() => await TestConsole.StartAsync(await server.EmptyAsync());
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresOutboxTests(SeparatePostgresServer server) : OutboxOnServers(server), IClassFixture<SeparatePostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerOutboxTests(SqlServerDatabases server) : OutboxOnServers(server), IClassFixture<SqlServerDatabases>;
