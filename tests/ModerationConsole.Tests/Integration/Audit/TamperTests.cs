using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>Whoever changes a byte of what was sealed is found out, and told what it was.</summary>
public sealed class TamperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""UPDATE audit_entry SET "Details" = replace("Details", '7', '8') WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "Subject" = 'q-8' WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "Subject" = NULL WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "Act" = 'PolicyChanged' WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "Act" = 'queuechanged' WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "ActorKind" = 'Person' WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "ActorId" = '00000000-0000-0000-0000-000000000001' WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "At" = substr("At", 1, 18) || '9.123456' WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "At" = 'noon' WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "CaseNumber" = 1 WHERE "Number" = 8""")]
    [InlineData("""UPDATE audit_entry SET "TaskNumber" = 1 WHERE "Number" = 8""")]
    public async Task Entry_WithAnyValueChanged_IsFound(string statement)
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_entry", statement);

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.EntryChanged, 8));
    }

    [Fact]
    public async Task Entry_GivenAnotherNumber_IsFound()
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Number" = 900 WHERE "Number" = 8""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.EntryChanged, 900));
    }

    [Fact]
    public async Task Entry_Deleted_IsFoundByItsLeaf()
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_entry", """DELETE FROM audit_entry WHERE "Number" = 8""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.EntryMissing, 7));
    }

    [Fact]
    public async Task Entry_SlippedInPastTheConsole_IsFound()
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_entry", """
            INSERT INTO audit_entry ("Id", "At", "Act", "ActorKind", "Details")
            VALUES ('01990000-0000-7000-8000-000000000001', '2026-01-01 00:00:00', 'QueueChanged', 'System', '{{}}')
            """);

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.EntryForeign, 21));
    }

    [Fact]
    public async Task Entry_DeletedBeforeItWasSealed_IsFound()
    {
        await using TestConsole console = await SealedAsync(20);
        await console.RecordAsync(1);

        await console.TamperAsync("audit_entry", """DELETE FROM audit_entry WHERE "Number" = 21""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.EntryMissing, 0));
    }

    [Fact]
    public async Task Leaf_WithAByteChanged_IsFoundAndItsHeadToo()
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_leaf", """UPDATE audit_leaf SET "Hash" = (CASE WHEN substr("Hash", 1, 1) = x'00' THEN x'01' ELSE x'00' END) || substr("Hash", 2) WHERE "Index" = 7""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.EntryChanged, 8), (AuditFault.HeadRoot, 20));
    }

    [Fact]
    public async Task EntryAndLeaf_ChangedTogether_AreFoundByTheHead()
    {
        await using TestConsole console = await SealedAsync(20);
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().SingleAsync(row => row.Number == 8, Cancel));
        byte[] forged = Core.Audit.Sealing.AuditEntryForm.LeafHash(new AuditEntry
        {
            Number = 8, Id = entry.Id, At = entry.At, Act = entry.Act, ActorKind = entry.ActorKind, Subject = "forged", Details = entry.Details,
        });

        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Subject" = 'forged' WHERE "Number" = 8""");
        await console.TamperAsync("audit_leaf", $"""UPDATE audit_leaf SET "Hash" = x'{Convert.ToHexString(forged)}' WHERE "Index" = 7""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.HeadRoot, 20));
    }

    [Fact]
    public async Task Leaf_Deleted_IsFound()
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_leaf", """DELETE FROM audit_leaf WHERE "Index" = 7""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.LeafMissing, 7), (AuditFault.EntryForeign, 8));
    }

    [Fact]
    public async Task Leaf_CutOffTheEnd_IsFoundByTheHead()
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_leaf", """DELETE FROM audit_leaf WHERE "Index" = 19""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.LeafMissing, 19), (AuditFault.EntryForeign, 20));
    }

    [Fact]
    public async Task Tile_WithAByteChanged_IsFound()
    {
        await using TestConsole console = await SealedAsync(600);

        await console.TamperAsync("audit_tile", """UPDATE audit_tile SET "Hashes" = (CASE WHEN substr("Hashes", 1, 1) = x'00' THEN x'01' ELSE x'00' END) || substr("Hashes", 2) WHERE "Index" = 1""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.TileChanged, 1));
    }

    [Fact]
    public async Task Tile_Deleted_IsFound()
    {
        await using TestConsole console = await SealedAsync(600);

        await console.TamperAsync("audit_tile", """DELETE FROM audit_tile WHERE "Index" = 1""");

        SealSteps.AssertOnly(await console.VerifyAsync(), (AuditFault.TileMissing, 1));
    }

    [Theory]
    [InlineData("""UPDATE audit_tree_head SET "RootHash" = (CASE WHEN substr("RootHash", 1, 1) = x'00' THEN x'01' ELSE x'00' END) || substr("RootHash", 2)""", AuditFault.HeadSignature, AuditFault.HeadRoot)]
    [InlineData("""UPDATE audit_tree_head SET "Signature" = substr("Signature", 1, length("Signature") - 1) || (CASE WHEN substr("Signature", -1) = x'00' THEN x'01' ELSE x'00' END)""", AuditFault.HeadSignature)]
    [InlineData("""UPDATE audit_tree_head SET "SignedAt" = '2026-01-01 00:00:00'""", AuditFault.HeadSignature)]
    [InlineData("""UPDATE audit_tree_head SET "SignedAt" = "SignedAt" || '.000001'""", AuditFault.HeadSignature)]
    [InlineData("""UPDATE audit_tree_head SET "KeyId" = 'another'""", AuditFault.HeadKey)]
    public async Task Head_WithAnyValueChanged_IsFound(string statement, params AuditFault[] faults)
    {
        await using TestConsole console = await SealedAsync(20);

        await console.TamperAsync("audit_tree_head", statement);

        SealSteps.AssertOnly(await console.VerifyAsync(), [.. faults.Select(fault => (fault, 20L))]);
    }

    [Fact]
    public async Task Verification_FromALeafOn_LooksAtNothingBefore()
    {
        await using TestConsole console = await SealedAsync(600);
        await console.TamperAsync("audit_entry", """UPDATE audit_entry SET "Subject" = 'forged' WHERE "Number" = 300""");

        AuditVerification before = await console.VerifyAsync(from: 200);
        AuditVerification after = await console.VerifyAsync(from: 300);

        SealSteps.AssertOnly(before, (AuditFault.EntryChanged, 300));
        SealSteps.AssertOnly(after);
        Assert.Equal((300L, 300L, 2L), (after.From, after.Entries, after.Heads));
    }

    private static async Task<TestConsole> SealedAsync(int entries)
    {
        TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(entries);
        await console.SealAsync();
        SealSteps.AssertOnly(await console.VerifyAsync());
        return console;
    }
}
