using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>Sealing where transactions really run beside one another.</summary>
public abstract class SealRaces(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transaction_HeldOpenWhileOthersAreSealed_IsSealedAfterwards()
    {
        await using TestConsole console = await StartAsync(await server.EmptyAsync());
        await using ConsoleDbContext db = await console.Contexts.CreateDbContextAsync(Cancel);
        await using IDbContextTransaction late = await db.Database.BeginTransactionAsync(Cancel);
        WriteScope scope = new(db, console.Clock.Now());
        AuditEntry held = scope.Record(Caller.System, AuditAct.PolicyChanged);
        db.AddRange(scope.Appended);
        await db.SaveChangesAsync(Cancel);

        for (int minute = 0; minute < 3; minute++)
        {
            await console.RecordAsync(120);
            console.Clock.Advance(TimeSpan.FromMinutes(1));
            await console.SealAsync();
        }

        Assert.Equal(360, await console.CountAsync<AuditLeaf>());
        await late.CommitAsync(Cancel);
        await console.SealAsync();

        AuditLeaf leaf = (await console.LeavesAsync())[^1];
        Assert.Equal((360L, held.Id), (leaf.Index, leaf.EntryId));
        Assert.True(held.Number < 361);
        SealSteps.AssertOnly(await console.VerifyAsync());
    }

    [Fact]
    public async Task Nodes_TwoSealingBesideWriters_SealEachEntryOnce()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using TestConsole console = await StartAsync(database);
        await using TestConsole other = await StartAsync(database, console.DataDirectory);
        for (int round = 0; round < 4; round++)
        {
            console.Clock.Advance(TimeSpan.FromSeconds(2));
            other.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.WhenAll(
                console.RecordAsync(300), other.RecordAsync(300),
                console.Get<SealAudit>().RunOnceAsync(Cancel), other.Get<SealAudit>().RunOnceAsync(Cancel));
        }

        await console.SealAsync();
        await other.SealAsync();

        Assert.Equal((2_400, 0), (await console.CountAsync<AuditLeaf>(), await console.CountAsync<AuditUnsealed>()));
        AuditVerification found = await console.VerifyAsync();
        SealSteps.AssertOnly(found);
        Assert.Equal((2_400, 9), (found.Entries, found.Tiles));
    }

    [Fact]
    public async Task Entry_WithAByteChanged_IsFound()
    {
        await using TestConsole console = await StartAsync(await server.EmptyAsync());
        await console.RecordAsync(20);
        await console.SealAsync();

        bool isPostgres = server.Provider == DatabaseProvider.PostgreSql;
        string drop = "DROP TRIGGER tr_audit_entry_change" + (isPostgres ? " ON audit_entry" : "");
        string later = isPostgres ? "\"At\" + interval '1 microsecond'" : "DATEADD(microsecond, 1, \"At\")";
        string change = $"UPDATE audit_entry SET \"At\" = {later} WHERE \"Number\" = 8";
        await console.ReadAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync(drop, Cancel);
            return await db.Database.ExecuteSqlRawAsync(change, Cancel);
        });

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.EntryChanged, 8));
    }

    private static Task<TestConsole> StartAsync(Dictionary<string, string?> database, string? directory = null)
    {
        Dictionary<string, string?> settings = new(database);
        if (directory is not null)
        {
            // Nodes of one console share their keys.
            settings["Data:Directory"] = directory;
        }

        return TestConsole.StartAsync(settings);
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresSealTests(PostgresServer server) : SealRaces(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerSealTests(SqlServerDatabases server) : SealRaces(server), IClassFixture<SqlServerDatabases>;
