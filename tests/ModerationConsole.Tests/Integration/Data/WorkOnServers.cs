using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
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
