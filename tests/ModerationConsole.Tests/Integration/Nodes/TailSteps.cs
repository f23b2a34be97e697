using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>What tests of the outbox's tail do.</summary>
internal static class TailSteps
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task ReadAsync(TestConsole console, OutboxCursor cursor)
    {
        await using ConsoleDbContext db = await console.Contexts.CreateDbContextAsync(Cancel);
        await cursor.ReadAsync(db, Cancel);
    }

    public static Task<bool> WriteAsync(TestConsole console, string state) => console.WriteAsync(scope =>
    {
        scope.Publish(LiveKind.QueueChanged, state: state);
        return Task.FromResult(true);
    });
}

/// <summary>A node whose tail the test moves, and what came by.</summary>
internal sealed class Watched(TestConsole console, bool owns) : IAsyncDisposable
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

    public Task<bool> TailAsync() => Console.Get<OutboxTail>().RunOnceAsync(TailSteps.Cancel);

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
internal sealed class Held(ConsoleDbContext db, IDbContextTransaction transaction) : IAsyncDisposable
{
    public static async Task<Held> BeginAsync(TestConsole console, string state)
    {
        ConsoleDbContext db = await console.Contexts.CreateDbContextAsync(TailSteps.Cancel);
        IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(TailSteps.Cancel);
        if (db is PostgresConsoleContext)
        {
            await db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = 0", TailSteps.Cancel);
        }

        WriteScope scope = new(db, console.Clock.Now());
        scope.Publish(LiveKind.QueueChanged, state: state);
        db.AddRange(scope.Appended);
        await db.SaveChangesAsync(TailSteps.Cancel);
        return new Held(db, transaction);
    }

    public Task CommitAsync() => transaction.CommitAsync(TailSteps.Cancel);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }
}
