using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Tests.Support;
using Npgsql;

namespace ModerationConsole.Tests.Integration.Data;

/// <summary>A connection that breaks while a group commits: whatever the server did, each operation is done once and has its outcome.</summary>
public sealed class LostCommitTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BreakAt.BeforeCommit, 2)]
    [InlineData(BreakAt.AfterCommit, 1)]
    public async Task Connection_BreaksAroundTheCommit_TheActIsDoneOnce(BreakAt where, int runs)
    {
        string database = await server.DatabaseAsync();
        NpgsqlConnectionStringBuilder connection = new(database);
        await using BreakingLine line = new(connection.Port);
        connection.Port = line.Port;
        connection.SslMode = SslMode.Disable;
        connection.GssEncryptionMode = GssEncryptionMode.Disable;
        await using TestConsole console = await TestConsole.StartAsync(new()
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Console"] = connection.ConnectionString,
        });
        line.BreakNextCommit(where);

        int ran = 0;
        int told = 0;
        int outcome = await console.Writes.RunAsync((scope, _) =>
        {
            ran++;
            scope.AfterCommit(() => told++);
            scope.Record(Caller.System, AuditAct.QueueChanged, subject: "once");
            return Task.FromResult(7);
        }, Cancel);

        Assert.Equal((7, runs, 1), (outcome, ran, told));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Subject == "once", Cancel)));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<WriteReceipt>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Operation_ThatOnlyLooked_LeavesNoReceipt()
    {
        await using TestConsole console = await TestConsole.StartAsync(new()
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Console"] = await server.DatabaseAsync(),
        });
        int found = await console.Writes.RunAsync((scope, cancel) => scope.Db.Set<AuditEntry>().CountAsync(cancel), Cancel);

        Assert.Equal((0, 0), (found, await console.ReadAsync(db => db.Set<WriteReceipt>().CountAsync(Cancel))));
    }

    [Fact]
    public async Task Transaction_ThatTheServerEndedBecauseTheNodeStoodStill_IsRunAgain()
    {
        await using TestConsole console = await TestConsole.StartAsync(await server.EmptyAsync());
        int ran = 0;

        int outcome = await console.WriteAsync(async scope =>
        {
            scope.Record(Caller.System, AuditAct.QueueChanged, subject: "once");
            if (++ran == 1)
            {
                await scope.Db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = '50ms'", Cancel);
                int backend = await scope.Db.Database.SqlQueryRaw<int>("SELECT pg_backend_pid() AS \"Value\"").SingleAsync(Cancel);
                await UntilGoneAsync(console, backend);
            }

            return 7;
        });

        Assert.Equal((7, 2), (outcome, ran));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Subject == "once", Cancel)));
    }

    private static async Task UntilGoneAsync(TestConsole console, int backend)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await console.ReadAsync(db => db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE pid = {backend}").SingleAsync(patience.Token)) > 0)
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
