using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>What one node writes reaches every node, once, whatever order it commits in.</summary>
public sealed class OutboxTailTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transaction_ThatTookItsNumberFirstAndCommitsLast_IsDeliveredToo()
    {
        await using Watched node = await StartAsync();
        await using Held first = await Held.BeginAsync(node.Console, "first");
        await WriteAsync(node.Console, "second");

        await node.TailAsync();
        Assert.Equal(["second"], node.Heard);
        await first.CommitAsync();
        await node.TailAsync();

        Assert.Equal(["second", "first"], node.Heard);
    }

    [Fact]
    public async Task Transaction_HeldForAnHour_IsDeliveredWhenItCommits()
    {
        await using Watched node = await StartAsync();
        await using Held first = await Held.BeginAsync(node.Console, "first");
        await WriteAsync(node.Console, "second");
        for (int minute = 0; minute < 60; minute++)
        {
            await node.TailAsync();
            node.Console.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await first.CommitAsync();
        await node.TailAsync();

        Assert.Equal(["second", "first"], node.Heard);
    }

    [Fact]
    public async Task Transaction_UnderWayWhenTheNodeStarts_IsDelivered()
    {
        await using TestConsole console = await StartConsoleAsync();
        await WriteAsync(console, "long ago");
        await using Held first = await Held.BeginAsync(console, "under way");
        await WriteAsync(console, "just before");
        await using Watched node = await Watched.JoinAsync(console, owns: false);

        await first.CommitAsync();
        await node.TailAsync();

        Assert.Equal(["under way"], node.Heard);
    }

    [Fact]
    public async Task Number_RolledBack_IsForgottenOnceNothingCanCommitIt()
    {
        await using Watched node = await StartAsync();
        await using (Held lost = await Held.BeginAsync(node.Console, "lost"))
        {
            await WriteAsync(node.Console, "kept");
            await node.TailAsync();
        }

        OutboxCursor cursor = new(DatabaseProvider.PostgreSql, node.Console.Clock);
        await ReadAsync(node.Console, cursor);
        Assert.Equal(1, cursor.Gaps);
        for (int look = 0; look < 3; look++)
        {
            node.Console.Clock.Advance(TimeSpan.FromSeconds(15));
            await WriteAsync(node.Console, "more");
            await ReadAsync(node.Console, cursor);
        }

        Assert.Equal(0, cursor.Gaps);
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
        await WriteAsync(node.Console, "missed");
        node.Console.Clock.Advance(OutboxCursor.LongestSleep + TimeSpan.FromSeconds(1));

        await node.TailAsync();
        await WriteAsync(node.Console, "after");
        await node.TailAsync();

        Assert.Equal([LiveKind.Missed], elsewhere);
        Assert.Equal([nameof(LiveKind.Missed), "after"], node.Heard);
    }

    [Fact]
    public async Task OtherNode_Commits_WakesThisOneWithoutAPoll()
    {
        string database = await server.DatabaseAsync();
        await using TestConsole one = await StartConsoleAsync(database);
        await using TestConsole other = await StartConsoleAsync(database);
        // The clock stands still, so no poll ever comes.
        OutboxListener listens = other.Get<OutboxListener>();
        OutboxTail tail = other.Get<OutboxTail>();
        OutboxListener tells = one.Get<OutboxListener>();
        ConcurrentQueue<string> heard = [];
        using IDisposable watching = other.Get<CaseFeed>().Subscribe(_ => true, events => events.ToList().ForEach(change => heard.Enqueue(change.State ?? "")));
        await tail.RunOnceAsync(Cancel);
        await listens.StartAsync(Cancel);
        await tells.StartAsync(Cancel);
        await UntilAsync(() => listens.IsListening && tells.IsListening);
        await tail.StartAsync(Cancel);

        await WriteAsync(one, "told");

        await UntilAsync(() => heard.Contains("told"));
        foreach (Microsoft.Extensions.Hosting.IHostedService service in new Microsoft.Extensions.Hosting.IHostedService[] { tail, tells, listens })
        {
            await service.StopAsync(Cancel);
        }
    }

    [Fact]
    public async Task EmbeddedDatabase_NumbersLeftOut_AreNotLookedFor()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await using Watched node = await Watched.JoinAsync(console, owns: false);
        await WriteAsync(console, "one");
        await console.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE sqlite_sequence SET seq = seq + 50 WHERE name = 'outbox'", Cancel));
        await WriteAsync(console, "two");
        OutboxCursor cursor = new(DatabaseProvider.Sqlite, console.Clock);

        await ReadAsync(console, cursor);
        await node.TailAsync();

        Assert.Equal((0, "one two"), (cursor.Gaps, string.Join(' ', node.Heard)));
    }

    private static async Task ReadAsync(TestConsole console, OutboxCursor cursor)
    {
        await using ConsoleDbContext db = await console.Contexts.CreateDbContextAsync(Cancel);
        await cursor.ReadAsync(db, Cancel);
    }

    private static Task<bool> WriteAsync(TestConsole console, string state) => console.WriteAsync(scope =>
    {
        scope.Publish(LiveKind.QueueChanged, state: state);
        return Task.FromResult(true);
    });

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private async Task<Watched> StartAsync() => await Watched.JoinAsync(await StartConsoleAsync(), owns: true);

    private async Task<TestConsole> StartConsoleAsync(string? database = null) => await TestConsole.StartAsync(new()
    {
        ["Database:Provider"] = "PostgreSql",
        ["ConnectionStrings:Console"] = database ?? await server.DatabaseAsync(),
    });

    /// <summary>A node whose tail the test moves, and what came by.</summary>
    private sealed class Watched(TestConsole console, bool owns) : IAsyncDisposable
    {
        private IDisposable? _watching;

        public TestConsole Console { get; } = console;

        public List<string> Heard { get; } = [];

        public static async Task<Watched> JoinAsync(TestConsole console, bool owns)
        {
            Watched node = new(console, owns);
            await node.TailAsync();
            node._watching = console.Get<CaseFeed>().Subscribe(_ => true, events => node.Heard.AddRange(events.Select(change => change.State ?? $"{change.Kind}")));
            return node;
        }

        public Task<bool> TailAsync() => Console.Get<OutboxTail>().RunOnceAsync(Cancel);

        public async ValueTask DisposeAsync()
        {
            _watching?.Dispose();
            if (owns)
            {
                await Console.DisposeAsync();
            }
        }
    }

    /// <summary>A transaction that has written its event and does not end.</summary>
    private sealed class Held(ConsoleDbContext db, IDbContextTransaction transaction) : IAsyncDisposable
    {
        public static async Task<Held> BeginAsync(TestConsole console, string state)
        {
            ConsoleDbContext db = await console.Contexts.CreateDbContextAsync(Cancel);
            IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(Cancel);
            await db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = 0", Cancel);
            new WriteScope(db, console.Clock.Now()).Publish(LiveKind.QueueChanged, state: state);
            await db.SaveChangesAsync(Cancel);
            return new Held(db, transaction);
        }

        public Task CommitAsync() => transaction.CommitAsync(Cancel);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await db.DisposeAsync();
        }
    }
}
