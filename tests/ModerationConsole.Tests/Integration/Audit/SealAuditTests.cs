using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>Every committed entry gets its leaf, once, in a tree without gaps, whatever happens to the sealer.</summary>
public sealed class SealAuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_Committed_GetTheNextLeavesAndASignedHead()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(5);

        await console.SealAsync();
        await console.RecordAsync(2);
        await console.SealAsync();

        List<AuditLeaf> leaves = await console.LeavesAsync();
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], leaves.Select(leaf => leaf.Index));
        Assert.Equal(0, await console.CountAsync<AuditUnsealed>());
        List<AuditTreeHead> heads = await console.HeadsAsync();
        Assert.Equal([5, 7], heads.Select(head => head.Size));
        Assert.Equal(MerkleTree.Root([.. leaves.Select(leaf => leaf.Hash)]), heads[1].RootHash);
        byte[] key = console.Get<SealingKeys>().PublicKeys()[heads[1].KeyId];
        Assert.True(TreeHeadForm.IsSignedBy(heads[1], key));
        SealSteps.AssertOnly(await console.VerifyAsync());
    }

    [Fact]
    public async Task Entries_InTheirHundreds_FillTiles()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(700);

        await console.SealAsync();

        List<AuditTile> tiles = await console.ReadAsync(db => db.Set<AuditTile>().OrderBy(tile => tile.Index).ToListAsync(Cancel));
        Assert.Equal([(0, 0), (0, 1)], tiles.Select(tile => (tile.Level, tile.Index)));
        Assert.Equal((await console.LeavesAsync()).Skip(256).Take(256).SelectMany(leaf => leaf.Hash), tiles[1].Hashes);
        AuditVerification found = await console.VerifyAsync();
        SealSteps.AssertOnly(found);
        Assert.Equal((700, 2, 2), (found.Entries, found.Heads, found.Tiles));
    }

    [Fact]
    public async Task Heads_WithinASecond_AreOneAndTheRestWaits()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();
        await console.RecordAsync(1);

        Assert.True(await console.Get<SealAudit>().RunOnceAsync(Cancel));

        Assert.Equal((2, 1), (await console.CountAsync<AuditLeaf>(), await console.CountAsync<AuditTreeHead>()));
        await console.SealAsync();
        Assert.Equal([1, 2], (await console.HeadsAsync()).Select(head => head.Size));
    }

    [Fact]
    public async Task Clock_SetBackAnHour_StillGetsHeads()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();
        console.Clock.SetBack(TimeSpan.FromHours(1));

        await console.RecordAsync(1);
        await console.SealAsync();

        Assert.Equal([1, 2], (await console.HeadsAsync()).Select(head => head.Size));
        SealSteps.AssertOnly(await console.VerifyAsync());
    }

    [Fact]
    public async Task Sealer_KilledBetweenBatches_GoesOnWhereItStood()
    {
        using CancellationTokenSource kill = new();
        KillAfterCommit killer = new(kill);
        await using TestConsole console = await TestConsole.StartAsync(configure: services => services.AddSingleton<ICommitListener>(killer));
        await console.RecordAsync(1_300);
        killer.Armed = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => console.Get<SealAudit>().RunOnceAsync(kill.Token));
        killer.Armed = false;
        int before = await console.CountAsync<AuditLeaf>();
        await console.RestartAsync();
        await console.SealAsync();

        Assert.InRange(before, 1, 1_299);
        Assert.Equal((1_300, 0), (await console.CountAsync<AuditLeaf>(), await console.CountAsync<AuditUnsealed>()));
        SealSteps.AssertOnly(await console.VerifyAsync());
    }

    [Fact]
    public async Task Sealers_TwoAtOnce_SealEachEntryOnce()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        SealAudit other = ActivatorUtilities.CreateInstance<SealAudit>(console.Services);
        for (int round = 0; round < 5; round++)
        {
            await console.RecordAsync(300);
            console.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.WhenAll(console.Get<SealAudit>().RunOnceAsync(Cancel), other.RunOnceAsync(Cancel));
        }

        Assert.Equal((1_500, 0), (await console.CountAsync<AuditLeaf>(), await console.CountAsync<AuditUnsealed>()));
        SealSteps.AssertOnly(await console.VerifyAsync());
    }

    [Fact]
    public async Task Entries_OfADatabaseFromBeforeSealing_AreSealed()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("before-sealing-");
        try
        {
            await FillOlderDatabaseAsync(Path.Combine(directory.FullName, "console.db"), entries: 40);
            await using TestConsole console = await TestConsole.StartAsync(new Dictionary<string, string?> { ["Data:Directory"] = directory.FullName });

            await console.RecordAsync(2);
            await console.SealAsync();

            Assert.Equal((42, 0), (await console.CountAsync<AuditLeaf>(), await console.CountAsync<AuditUnsealed>()));
            SealSteps.AssertOnly(await console.VerifyAsync());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Tree_ThatContradictsItsHead_IsNotSignedOver()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(3);
        await console.SealAsync();
        await console.TamperAsync("audit_leaf", """UPDATE audit_leaf SET "Hash" = zeroblob(32) WHERE "Index" = 1""");
        await console.RestartAsync();
        await console.RecordAsync(1);
        console.Clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<AuditBrokenException>(() => console.Get<SealAudit>().RunOnceAsync(Cancel));

        Assert.Equal((3, 1, 1), (await console.CountAsync<AuditLeaf>(), await console.CountAsync<AuditTreeHead>(), await console.CountAsync<AuditUnsealed>()));
    }

    [Fact]
    public async Task State_OfSealing_SaysHowManyWaitAndForHowLong()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(3);
        console.Clock.Advance(TimeSpan.FromMinutes(1));

        SealState state = await console.Use<GetSealState>().RunAsync(Caller.System, Cancel);
        await console.SealAsync();

        Assert.Equal((3, TimeSpan.FromMinutes(1), true), (state.Waiting, state.OldestWaits, state.IsWarning));
        Assert.Equal(new SealState(0, TimeSpan.Zero, false), await console.Use<GetSealState>().RunAsync(Caller.System, Cancel));
    }

    [Fact]
    public async Task Key_Rotated_SignsTheNextHeadAndTheOldOnesStayProvable()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        await console.RecordAsync(1);
        await console.SealAsync();
        string before = console.Get<SealingKeys>().CurrentId();

        string after = await console.Use<RotateSealingKey>().RunAsync(admin, Cancel);
        await console.SealAsync();

        Assert.Equal([before, after], (await console.HeadsAsync()).Select(head => head.KeyId));
        SealSteps.AssertOnly(await console.VerifyAsync());
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.AuditKeyRotated, Cancel));
        Assert.Equal((admin.Id, after, $$"""{"before":"{{before}}"}"""), (entry.ActorId, entry.Subject, entry.Details));
    }

    [Fact]
    public async Task Key_OfTheConsole_IsForItsOwnAccountOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of files are another matter there.");
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();
        await console.Use<RotateSealingKey>().RunAsync(Caller.System, Cancel);
        AssertForTheOwnerOnly(4, console);
        await console.SealAsync();
        AssertForTheOwnerOnly(3, console);
        string[] files = Directory.GetFiles(Path.Combine(console.DataDirectory, "keys"), "audit-signing*");
        Assert.Single(files, path => File.ReadAllText(path).Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_WhoseRotationWasCutOffAfterItsEntry_SignsFromThatEntryOn()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();
        string before = console.Get<SealingKeys>().CurrentId();
        string after = await console.Use<RotateSealingKey>().RunAsync(Caller.System, Cancel);

        // Killed here: the entry is committed and nothing else happened.
        await console.RestartAsync();
        Assert.Equal(before, console.Get<SealingKeys>().CurrentId());
        await console.SealAsync();

        Assert.Equal([before, after], (await console.HeadsAsync()).Select(head => head.KeyId));
        SealSteps.AssertOnly(await console.VerifyAsync());
    }

    [Fact]
    public async Task Key_WhoseRotationWasNotRecorded_SignsNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();
        string before = console.Get<SealingKeys>().CurrentId();

        // Killed before the entry was committed.
        string never = console.Get<SealingKeys>().Make();
        await console.RestartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();

        Assert.NotEqual(before, never);
        Assert.Equal([before, before], (await console.HeadsAsync()).Select(head => head.KeyId));
    }

    [Fact]
    public async Task Keys_RotatedTwiceBeforeASealing_LeaveTheLast()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(1);
        await console.SealAsync();

        await console.Use<RotateSealingKey>().RunAsync(Caller.System, Cancel);
        string last = await console.Use<RotateSealingKey>().RunAsync(Caller.System, Cancel);
        await console.SealAsync();

        Assert.Equal(last, (await console.HeadsAsync())[^1].KeyId);
        Assert.Empty(Directory.GetFiles(Path.Combine(console.DataDirectory, "keys"), "*.next.pem"));
    }

    private static void AssertForTheOwnerOnly(int count, TestConsole console)
    {
        string[] files = Directory.GetFiles(Path.Combine(console.DataDirectory, "keys"), "audit-signing*");
        Assert.Equal(count, files.Length);
#pragma warning disable CA1416 // skipped there
        Assert.All(files, path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
#pragma warning restore CA1416
    }

    // As the version before sealing left it.
    private static async Task FillOlderDatabaseAsync(string path, int entries)
    {
        DbContextOptionsBuilder<SqliteConsoleContext> options = new();
        options.UseSqlite($"Data Source={path}");
        await using SqliteConsoleContext db = new(options.Options);
        await db.GetService<IMigrator>().MigrateAsync("20261122000001_AppendOnlyTriggers", Cancel);
        for (int i = 0; i < entries; i++)
        {
            db.Add(new AuditEntry { At = new DateTimeOffset(2026, 1, 1, 0, 0, i, TimeSpan.Zero), Act = AuditAct.QueueChanged, ActorKind = CallerKind.System });
        }

        await db.SaveChangesAsync(Cancel);
    }

    private sealed class KillAfterCommit(CancellationTokenSource kill) : ICommitListener
    {
        public bool Armed { get; set; }

        public void Committed()
        {
            if (Armed)
            {
                kill.Cancel();
            }
        }
    }
}
