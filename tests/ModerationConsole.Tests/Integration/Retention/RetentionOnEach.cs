using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Retention;

/// <summary>What is older than its class is kept goes, with the audit verifying all along; the same on each database.</summary>
public abstract class RetentionOnEach(IDatabaseServer server)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly string[] s_outliving = ["audit_entry", "outbox"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClosedCase_OlderThanItsPeriod_GoesWithEverythingAboutIt()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync(await server.EmptyAsync());
        long old = await scene.ClosedCaseAsync();
        long open = await scene.OpenCaseAsync();
        await scene.Console.SealAsync();
        SealSteps.AssertOnly(await scene.Console.VerifyAsync());
        await scene.RunAsync(RetentionRunTests.PastCases);
        await scene.Console.SealAsync();

        Assert.False(await scene.ExistsAsync(old));
        Assert.Empty((await scene.TablesAboutAsync(old)).Except(s_outliving));
        Assert.True(await scene.ExistsAsync(open));
        Assert.NotEmpty((await scene.TablesAboutAsync(open)).Except(s_outliving));
        Assert.Equal(2, await scene.Console.CountAsync<Core.Cases.ItemVersion>() + await scene.Console.CountAsync<Report>());
        SealSteps.AssertOnly(await scene.Console.VerifyAsync());
        Assert.Equal(1, await CountAsync(scene, AuditAct.CaseRemoved, old));
        Assert.Equal(1, await CountAsync(scene, AuditAct.RetentionRan));
    }

    [Fact]
    public async Task Entries_OlderThanTheirPeriod_GoAndEveryProofStillHolds()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync(await server.EmptyAsync());
        long old = await scene.ClosedCaseAsync();
        await scene.Console.RecordAsync(600);
        await scene.Console.SealAsync();
        Proved before = await scene.Console.Use<ProveCase>().RunAsync(Caller.System, old, Cancel);
        List<AuditLeaf> leaves = await scene.Console.LeavesAsync();

        await scene.RunAsync(RetentionRunTests.PastAudit);
        await scene.Console.SealAsync();

        AuditVerification found = await scene.Console.VerifyAsync();
        SealSteps.AssertOnly(found);
        Assert.Equal(0, await CountAsync(scene, AuditAct.QueueChanged));
        Assert.True(await CountAsync(scene, AuditAct.EntriesRemoved) >= 2);
        Assert.Equal(leaves.Select(leaf => leaf.Hash), (await scene.Console.LeavesAsync()).Take(leaves.Count).Select(leaf => leaf.Hash));
        Assert.True(CheckProof.Run(before.Document!).Holds);
        SealSteps.AssertOnly(await scene.Console.VerifyAsync(from: 300));
        await scene.Console.Get<WatchAudit>().RunOnceAsync(Cancel);
        Assert.True(scene.Console.Get<WatchAudit>().Last!.Found.IsWhole);
    }

    [Fact]
    public async Task Content_OfAnOldCase_IsErasedAndWhatWasDecidedVerifies()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync(await server.EmptyAsync());
        long old = await scene.ClosedCaseAsync();
        await scene.Console.SealAsync();
        Assert.NotEmpty(await scene.WhereAsync(RetentionScene.Canary));

        await scene.RunAsync(RetentionRunTests.PastContent);
        await scene.Console.SealAsync();

        Assert.Empty(await scene.WhereAsync(RetentionScene.Canary));
        Assert.True(await scene.ExistsAsync(old));
        Assert.Equal(2, await scene.Console.CountAsync<Decision>());
        AuditVerification found = await scene.Console.VerifyAsync();
        SealSteps.AssertOnly(found);
        Assert.Equal(2, found.Records);
        SealSteps.AssertOnly(await scene.Console.VerifyAsync(from: 2));
    }

    [Fact]
    public async Task AppendOnlyRow_OutsideABatch_CannotBeDeletedAndALeafNever()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync(await server.EmptyAsync());
        await scene.ClosedCaseAsync();
        await scene.Console.SealAsync();
        foreach (string table in new[] { "audit_entry", "case_comment" })
        {
            await RefusedAsync(scene, $"DELETE FROM {table}");
            await RefusedAsync(scene, $"INSERT INTO retention_opening (\"Id\") VALUES ('01990000-0000-7000-8000-000000000001'); UPDATE {table} SET \"Id\" = \"Id\"");
        }

        foreach (string table in new[] { "audit_leaf", "audit_tree_head" })
        {
            await RefusedAsync(scene, $"INSERT INTO retention_opening (\"Id\") VALUES ('01990000-0000-7000-8000-000000000001'); DELETE FROM {table}");
        }

        await scene.RunAsync(RetentionRunTests.PastCases);
        Assert.Equal(0, await scene.Console.CountAsync<CaseComment>());
        Assert.Equal(0, await scene.Console.CountAsync<RetentionOpening>());
    }

    [Fact]
    public async Task Account_Erased_IsNamedNowhereAndTheAuditVerifies()
    {
        await using RetentionScene scene = await RetentionScene.OpenAsync(await server.EmptyAsync());
        await scene.ClosedCaseAsync(author: EraseActorTests.Person);
        await scene.ClosedCaseAsync(author: "u-other", reporter: EraseActorTests.Person);
        await scene.Console.SealAsync();

        ErasedActor erased = await scene.EraseAsync(EraseActorTests.Person);
        await scene.Console.SealAsync();

        Assert.Equal((EraseActorOutcome.Erased, 2, 0), (erased.Outcome, erased.Done, erased.Left));
        Assert.Empty(await scene.WhereAsync(EraseActorTests.Person));
        Assert.Equal(2, await scene.Console.CountAsync<Case>());
        SealSteps.AssertOnly(await scene.Console.VerifyAsync());
        Assert.Equal(1, await scene.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.ErasureAsked && row.ActorId == scene.Admin.Id, Cancel)));
        Assert.Equal(1, await scene.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.ActorErased, Cancel)));
        Assert.Equal("u-other", await scene.Console.ReadAsync(db => db.Set<ItemVersion>().Where(row => row.CreatorId != null).Select(row => row.CreatorId).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task TwoNodes_DueAtOnce_RunOnce()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using RetentionScene scene = await RetentionScene.OpenAsync(database);
        await using TestConsole other = await TestConsole.StartAsync(database);

        bool[] ran = await Task.WhenAll(scene.Console.Get<RunRetention>().RunOnceAsync(Cancel), other.Get<RunRetention>().RunOnceAsync(Cancel));

        Assert.Single(ran, true);
        Assert.Equal(1, await scene.Console.CountAsync<RetentionRun>());
        Assert.False(await scene.Console.Get<RunRetention>().RunOnceAsync(Cancel));
    }

    [Fact]
    public async Task Claims_WhileARunRemovesInBatches_GoOn()
    {
        Claimant claimant = new(waitsInside: server.Provider != DatabaseProvider.Sqlite);
        await using TestConsole console = await TestConsole.StartAsync(
            await server.EmptyAsync(), services => services.AddSingleton<ICaseRecords>(claimant));
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        for (int i = 0; i < (2 * RetentionPass.CasesAtOnce) + 1; i++)
        {
            await CloseAsync(console, (await console.CaseAsync(queue)).Task);
        }

        console.Clock.Advance(TimeSpan.FromDays(RetentionRunTests.PastCases));
        for (int i = 0; i < 3; i++)
        {
            await console.CaseAsync(queue);
        }

        claimant.Claim = async () =>
        {
            LeasedTask task = await console.ClaimAsync(person);
            await console.Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude: true, Cancel);
        };
        // A run waits here for the claim that was made during its batch: were it kept out to the end, it would never come.
        RetentionPass pass = new(console.Contexts, console.Writes, cancel => claimant.Last.WaitAsync(s_patience, cancel));

        await console.Get<IEnumerable<IRecordClass>>().Single(one => one.Name == RecordClasses.Cases).RemoveAsync(pass, console.Clock.Now().AddDays(-1), Cancel);

        Assert.Equal(((2 * RetentionPass.CasesAtOnce) + 1, 3, 3), (pass.Removed, pass.Batches, claimant.Claimed));
    }

    private static Task<int> CloseAsync(TestConsole console, ReviewTask waiting) => console.WriteAsync(async scope =>
    {
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == waiting.Number, Cancel);
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == waiting.CaseNumber, Cancel);
        await scope.StopWaitingAsync(task.Number, Cancel);
        task.Withdraw(scope.Now);
        about.Close(scope.Now);
        return 0;
    });

    private static Task<int> CountAsync(RetentionScene scene, AuditAct act, long? number = null) =>
        scene.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == act && (number == null || row.CaseNumber == number), Cancel));

    private static async Task RefusedAsync(RetentionScene scene, string statements)
    {
        System.Data.Common.DbException refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            scene.Console.WriteAsync(scope => scope.Db.Database.ExecuteSqlRawAsync(statements, Cancel)));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    // The last room that a batch goes through: all else of it is removed and not yet committed.
    private sealed class Claimant(bool waitsInside) : ICaseRecords
    {
        public Func<Task>? Claim { get; set; }

        public Task Last { get; private set; } = Task.CompletedTask;

        public int Claimed { get; private set; }

        public int Floor => int.MinValue;

        public Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
        {
            Last = ClaimAsync();
            // On a server a claim does not even wait for the batch; the one writer of a file is busy with it.
            return waitsInside ? Last.WaitAsync(s_patience, cancellationToken) : Task.CompletedTask;
        }

        public Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) => Task.CompletedTask;

        private async Task ClaimAsync()
        {
            await Claim!();
            Claimed++;
        }
    }
}

/// <summary>On the embedded database.</summary>
public sealed class SqliteRetentionTests(SqliteFiles server) : RetentionOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresRetentionTests(PostgresServer server) : RetentionOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerRetentionTests(SqlServerDatabases server) : RetentionOnEach(server), IClassFixture<SqlServerDatabases>;
