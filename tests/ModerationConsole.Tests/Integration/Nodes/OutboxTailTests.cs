using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>Where a database tells more of its transactions than another.</summary>
public sealed class OutboxTailTests(SeparatePostgresServer server) : IClassFixture<SeparatePostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transaction_HeldForAnHour_IsDeliveredWhenItCommits()
    {
        await using Watched node = await StartAsync();
        await using Held first = await Held.BeginAsync(node.Console, "first");
        await TailSteps.WriteAsync(node.Console, "second");
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
        await Patience.UntilAsync(() => listens.IsListening && tells.IsListening);
        await tail.StartAsync(Cancel);

        await TailSteps.WriteAsync(one, "told");

        await Patience.UntilAsync(() => heard.Contains("told"));
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
        await TailSteps.WriteAsync(console, "one");
        await console.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE sqlite_sequence SET seq = seq + 50 WHERE name = 'outbox'", Cancel));
        await TailSteps.WriteAsync(console, "two");
        OutboxCursor cursor = new(DatabaseProvider.Sqlite, console.Clock);

        await TailSteps.ReadAsync(console, cursor);
        await node.TailAsync();

        Assert.Equal((0, "one two"), (cursor.Gaps, string.Join(' ', node.Heard)));
    }

    private async Task<Watched> StartAsync() => await Watched.JoinAsync(await StartConsoleAsync(), owns: true);

    private async Task<TestConsole> StartConsoleAsync(string? database = null) => await TestConsole.StartAsync(new()
    {
        ["Database:Provider"] = "PostgreSql",
        ["ConnectionStrings:Console"] = database ?? await server.DatabaseAsync(),
    });
}
