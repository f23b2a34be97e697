using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Data;

/// <summary>The same core on a database server: migrated from nothing, worked by several people at once.</summary>
public abstract class WorkOnServers(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FourPeople_FortyTasks_EachDecidedOnceByWhoHeldIt()
    {
        await using TestConsole console = await StartAsync();
        List<Caller> people = [];
        for (int count = 0; count < 4; count++)
        {
            people.Add(await console.PersonAsync());
        }

        CaseQueue queue = await console.QueueAsync(people);
        for (int count = 0; count < 40; count++)
        {
            await console.CaseAsync(queue);
        }

        int[] decided = await Task.WhenAll(people.Select(person => WorkAsync(console, person)));

        Assert.Equal(40, decided.Sum());
        Assert.Equal(40, await console.ReadAsync(db => db.Set<Decision>().Select(row => row.TaskNumber).Distinct().CountAsync(Cancel)));
        Assert.Equal(40, await console.ReadAsync(db => db.Set<LeaseRecord>().CountAsync(row => row.End == LeaseEnd.Decided, Cancel)));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task AuditEntry_ChangedByHand_IsRefusedByTheDatabase()
    {
        await using TestConsole console = await StartAsync();
        await console.WriteAsync(scope => Task.FromResult(scope.Record(Caller.System, AuditAct.QueueChanged)));

        // SQL Server knows no trigger on TRUNCATE; it needs a right there that the console's account has no use for.
        string[] statements = ["UPDATE audit_entry SET \"Subject\" = 'forged'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"];
        foreach (string statement in statements.Take(server.Provider == DatabaseProvider.PostgreSql ? 3 : 2))
        {
            DbException refused = await Assert.ThrowsAnyAsync<DbException>(() =>
                console.WriteAsync(scope => scope.Db.Database.ExecuteSqlRawAsync(statement, Cancel)));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Subject == null, Cancel)));
    }

    [Fact]
    public async Task Migrations_OneByOneFromEmpty_EndAtTheModelAndKeepRows()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using (ConsoleDbContext db = Open(database["ConnectionStrings:Console"]!))
        {
            IMigrator migrator = db.GetService<IMigrator>();
            foreach (string migration in db.Database.GetMigrations())
            {
                await migrator.MigrateAsync(migration, Cancel);
                Assert.Equal(migration, (await db.Database.GetAppliedMigrationsAsync(Cancel)).Last());
                if (migration.EndsWith("_Initial", StringComparison.Ordinal))
                {
                    await db.Database.ExecuteSqlRawAsync(
                        "INSERT INTO team (\"Id\", \"Name\", \"Version\") VALUES ('0197f3a0-0000-7000-8000-000000000001', 'Early', 0)", Cancel);
                }
            }

            Assert.False(db.Database.HasPendingModelChanges());
            Assert.Equal("Early", await db.Set<Team>().Select(row => row.Name).SingleAsync(Cancel));
        }

        await using TestConsole console = await TestConsole.StartAsync(database);
        await console.CaseAsync(await console.QueueAsync([await console.PersonAsync()]));
    }

    [Fact]
    public async Task Receipts_OlderThanADay_AreForgotten()
    {
        await using TestConsole console = await StartAsync();
        await console.WriteAsync(scope => Task.FromResult(scope.Record(Caller.System, AuditAct.QueueChanged)));
        console.Clock.Advance(TimeSpan.FromHours(25));
        await console.WriteAsync(scope => Task.FromResult(scope.Record(Caller.System, AuditAct.QueueChanged)));

        await console.Writes.RunAsync((scope, cancel) => console.Get<WriteReceipts>().ForgetAsync(scope.Db, cancel), Cancel);

        // The one of the second day, and that of the deletion itself.
        Assert.Equal(2, await console.ReadAsync(db => db.Set<WriteReceipt>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Connection_GivenBackByAWriter_ReadsAsANewOneDoes()
    {
        await using TestConsole console = await StartAsync();
        await console.WriteAsync(scope => Task.FromResult(scope.Record(Caller.System, AuditAct.QueueChanged)));
        string asked = server.Provider == DatabaseProvider.PostgreSql
            ? "SELECT current_setting('transaction_isolation') AS \"Value\""
            : "SELECT CASE transaction_isolation_level WHEN 2 THEN 'read committed' ELSE 'raised' END AS Value FROM sys.dm_exec_sessions WHERE session_id = @@SPID";

        Assert.Equal("read committed", (await console.ReadAsync(db => db.Database.SqlQueryRaw<string>(asked).ToListAsync(Cancel))).Single());
        Assert.True(await console.Get<WatchDatabase>().AskAsync(Cancel));
        // Only SQL Server has a choice there.
        Assert.Equal(server.Provider == DatabaseProvider.SqlServer, console.Get<NodeState>().ReadsBesideWriters is not null);
    }

    private ConsoleDbContext Open(string connection) => server.Provider == DatabaseProvider.PostgreSql
        ? new PostgresConsoleContext(new DbContextOptionsBuilder<PostgresConsoleContext>().UseNpgsql(connection).Options)
        : new SqlServerConsoleContext(new DbContextOptionsBuilder<SqlServerConsoleContext>().UseSqlServer(connection).Options);

    private static async Task<int> WorkAsync(TestConsole console, Caller person)
    {
        int decided = 0;
        while (true)
        {
            ClaimResult claim = await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel);
            if (claim.Task is not { } task)
            {
                return decided;
            }

            DecideResult result = await console.Use<DecideCase>().RunAsync(person, new DecideCommand(task.TaskNumber, task.Fence, Verdict.Allow), Cancel);
            Assert.Equal(DecideOutcome.Decided, result.Outcome);
            decided++;
        }
    }

    private async Task<TestConsole> StartAsync() => await TestConsole.StartAsync(await server.EmptyAsync());
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresTests(PostgresServer server) : WorkOnServers(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerTests(SqlServerDatabases server) : WorkOnServers(server), IClassFixture<SqlServerDatabases>;
