using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ModerationConsole.Core.Data;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Data;

/// <summary>What is said to a connection before it goes back to its pool; here to a file, by a statement that leaves a mark.</summary>
public sealed class PooledIsolationTests(SqliteFiles files) : IClassFixture<SqliteFiles>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Connection_AfterATransactionAtAHigherLevel_IsPutBack(bool commits, bool waits)
    {
        await using SqliteConsoleContext db = await OpenAsync();
        if (waits)
        {
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, Cancel);
            await (commits ? transaction.CommitAsync(Cancel) : Task.CompletedTask);
        }
        else
        {
            using IDbContextTransaction transaction = db.Database.BeginTransaction(IsolationLevel.Serializable);
            (commits ? transaction.Commit : (Action)(() => { }))();
        }

        Assert.Equal([1L], await db.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM said").ToListAsync(Cancel));
    }

    [Fact]
    public async Task Connection_WithoutATransaction_IsLeftAlone()
    {
        await using SqliteConsoleContext db = await OpenAsync();

        Assert.Equal([0L], await db.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM said").ToListAsync(Cancel));
        Assert.Equal([0L], await db.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM said").ToListAsync(Cancel));
    }

    private async Task<SqliteConsoleContext> OpenAsync()
    {
        SqliteConsoleContext db = new(new DbContextOptionsBuilder<SqliteConsoleContext>()
            .UseSqlite((await files.EmptyAsync())["ConnectionStrings:Console"]).AddInterceptors(new PooledIsolation("INSERT INTO said VALUES (1)")).Options);
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE said (n)", Cancel);
        return db;
    }
}
