using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Merkle;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Audit;

/// <summary>Proofs that stand by themselves, for those who may have them.</summary>
public sealed class ProofTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_Proved_HoldsEachOfItsEntriesUnderTheNewestHead()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        long number = await CaseAsync(console, before: 700);

        Proved proved = await ProveAsync(console, auditor, number);

        ProofDocument document = Assert.IsType<ProofDocument>(proved.Document);
        Assert.True(CheckProof.Run(Bytes(document)).Holds);
        long[] expected = await console.ReadAsync(db => db.Set<AuditEntry>()
            .Where(entry => entry.CaseNumber == number && entry.Act != AuditAct.AuditProved).OrderBy(entry => entry.Number).Select(entry => entry.Number).ToArrayAsync(Cancel));
        Assert.Equal(expected, document.Entries.Select(entry => entry.Number));
        Assert.Equal((await console.HeadsAsync())[^1].Size, document.Head.Size);
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.AuditProved, Cancel));
        Assert.Equal((auditor.Id, number), (entry.ActorId, entry.CaseNumber));
    }

    [Fact]
    public async Task Case_WithEntriesOfTheLastSecond_IsProvedWithoutThem()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        long number = await CaseAsync(console);
        await console.RecordAsync(2, number);

        Proved proved = await ProveAsync(console, Caller.System, number);

        Assert.Equal((ProveOutcome.Proved, 2), (proved.Outcome, proved.Waiting));
        Assert.True(CheckProof.Run(proved.Document!).Holds);
    }

    [Fact]
    public async Task Case_ThatNoHeadCovers_IsNotProvedYet()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        (Case about, _) = await console.CaseAsync(await console.QueueAsync());

        Assert.Equal(ProveOutcome.NotYet, (await ProveAsync(console, Caller.System, about.Number)).Outcome);
        Assert.Equal(ProveOutcome.Missing, (await ProveAsync(console, Caller.System, 999)).Outcome);
    }

    [Fact]
    public async Task Case_OfChildSafety_IsProvedOnlyForThoseWithItsPermission()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        long number = await CaseAsync(console, sensitivity: Sensitivity.ChildSafety);
        Caller auditor = await console.PersonAsync(Roles.Auditor);
        Caller trusted = await console.PersonAsync(Roles.Auditor, own: Permission.ChildSafety);
        long entry = await console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.CaseNumber == number).MinAsync(row => row.Number, Cancel));

        Assert.Equal(ProveOutcome.Missing, (await ProveAsync(console, auditor, number)).Outcome);
        Assert.Equal(ProveOutcome.Missing, (await console.Use<ProveEntry>().RunAsync(auditor, entry, Cancel)).Outcome);
        Assert.Equal(ProveOutcome.Proved, (await ProveAsync(console, trusted, number)).Outcome);
        Assert.Equal(ProveOutcome.Proved, (await console.Use<ProveEntry>().RunAsync(trusted, entry, Cancel)).Outcome);
        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await ProveAsync(console, await console.PersonAsync(Roles.Moderator), number));
    }

    [Fact]
    public async Task Entry_Proved_HoldsByItself()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(300);
        await console.SealAsync();

        Proved proved = await console.Use<ProveEntry>().RunAsync(Caller.System, 270, Cancel);

        Assert.Equal([270L], proved.Document!.Entries.Select(entry => entry.Number));
        Assert.True(CheckProof.Run(Bytes(proved.Document)).Holds);
        Assert.Equal(ProveOutcome.Missing, (await console.Use<ProveEntry>().RunAsync(Caller.System, 999, Cancel)).Outcome);
    }

    [Fact]
    public async Task Case_WithAForgedEntry_GetsNoProof()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        long number = await CaseAsync(console);

        await console.TamperAsync("audit_entry", $"UPDATE audit_entry SET \"Details\" = '{{{{}}}}', \"Subject\" = 'x' WHERE \"Number\" = (SELECT MIN(\"Number\") FROM audit_entry WHERE \"CaseNumber\" = {number})");

        Assert.Equal(ProveOutcome.Broken, (await ProveAsync(console, Caller.System, number)).Outcome);
    }

    [Fact]
    public async Task Proof_WithAnyByteChanged_IsRefusedOrSaysTheSame()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        long number = await CaseAsync(console);
        byte[] proof = Bytes((await ProveAsync(console, Caller.System, number)).Document!);
        int refused = 0;

        for (int at = 0; at < proof.Length; at++)
        {
            byte[] changed = [.. proof];
            changed[at] ^= 1;
            ProofCheck check = CheckProof.Run(changed);
            // Spaces, the case of a name, or bits that base64 does not use: nothing of the proof.
            Assert.True(!check.Holds || Bytes(check.Document!).AsSpan().SequenceEqual(proof), $"A change at {at} was let through.");
            refused += check.Holds ? 0 : 1;
        }

        Assert.InRange(refused, proof.Length / 2, proof.Length);
    }

    [Fact]
    public async Task Proof_ThatClaimsMoreThanItShows_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        long number = await CaseAsync(console);
        ProofDocument proof = (await ProveAsync(console, Caller.System, number)).Document!;

        Assert.Equal(ProofProblem.Empty, CheckProof.Run(proof with { Entries = [] }).Problem);
        Assert.Equal(ProofProblem.Order, CheckProof.Run(proof with { Entries = [.. proof.Entries, proof.Entries[0]] }).Problem);
        Assert.Equal(ProofProblem.OtherCase, CheckProof.Run(proof with { CaseNumber = number + 1 }).Problem);
        Assert.Equal(ProofProblem.Entry, CheckProof.Run(proof with { Entries = [proof.Entries[0] with { LeafIndex = 1 }] }).Problem);
        Assert.Equal(ProofProblem.OtherKey, CheckProof.Run(proof, "another key").Problem);
        Assert.True(CheckProof.Run(proof, console.Get<SealingKeys>().CurrentId()).Holds);
        Assert.Equal(ProofProblem.NotAProof, CheckProof.Run("{}"u8).Problem);
        Assert.Equal(ProofProblem.NotAProof, CheckProof.Run("\0\0"u8).Problem);
        Assert.Equal(ProofProblem.NotAProof, CheckProof.Run(Bytes(proof with { Format = "other" })).Problem);
    }

    [Fact]
    public async Task Heads_AnyTwo_AreProvedConsistent()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        foreach (int count in new[] { 3, 254, 1, 400, 7 })
        {
            await console.RecordAsync(count);
            await console.SealAsync();
        }

        long[] sizes = [.. (await console.HeadsAsync()).Select(head => head.Size)];
        Assert.Equal([3, 257, 258, 658, 665], sizes);
        foreach (long first in sizes)
        {
            foreach (long second in sizes.Where(size => size >= first))
            {
                ProvedConsistency proved = await console.Use<ProveConsistency>().RunAsync(Caller.System, first, second, Cancel);
                ConsistencyDocument document = Assert.IsType<ConsistencyDocument>(proved.Document);
                Assert.True(MerkleCheck.Consistency(first, second, document.Path, document.First.RootHash, document.Second.RootHash));
            }
        }

        Assert.Equal(ProveOutcome.Missing, (await console.Use<ProveConsistency>().RunAsync(Caller.System, 4, null, Cancel)).Outcome);
    }

    [Fact]
    public async Task Proofs_InATreeOfThousands_ReadFewRows()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.RecordAsync(9_100);
        await console.SealAsync();
        TileRoots roots = new();
        CountedContexts contexts = new(console.DataDirectory);
        ProveEntry prove = ActivatorUtilities.CreateInstance<ProveEntry>(console.Services, contexts, roots);
        List<(int Commands, int Rows)> asked = [];

        foreach (long entry in new long[] { 1, 256, 257, 1_999, 2_816, 2_817, 8_960, 8_961, 9_100, 1 })
        {
            contexts.Reset();
            Assert.True(CheckProof.Run((await prove.RunAsync(Caller.System, entry, Cancel)).Document!).Holds);
            asked.Add((contexts.Commands, contexts.Rows));
        }

        // 35 tiles and 140 leaves beyond them: the first proof reads the roots of tiles, which are remembered from then on.
        Assert.InRange(asked[0].Commands, 1, 60);
        Assert.InRange(asked[0].Rows, 1, 250);
        Assert.All(asked.Skip(1), counts => Assert.InRange(counts.Commands, 1, 16));
        Assert.All(asked.Skip(1), counts => Assert.InRange(counts.Rows, 1, 160));
    }

    [Fact]
    public async Task ProofBetweenHeads_InATreeOfThousands_ReadsFewRows()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        foreach (int count in new[] { 4_000, 5_100 })
        {
            await console.RecordAsync(count);
            await console.SealAsync();
        }

        CountedContexts contexts = new(console.DataDirectory);
        ProveConsistency prove = ActivatorUtilities.CreateInstance<ProveConsistency>(console.Services, contexts, new TileRoots());

        Assert.Equal(ProveOutcome.Proved, (await prove.RunAsync(Caller.System, 4_000, null, Cancel)).Outcome);

        Assert.InRange(contexts.Rows, 1, 250);
    }

    [Fact]
    public async Task ProofBetweenHeads_WithAnyPartChanged_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        foreach (int count in new[] { 5, 300, 40 })
        {
            await console.RecordAsync(count);
            await console.SealAsync();
        }

        ConsistencyDocument proof = (await console.Use<ProveConsistency>().RunAsync(Caller.System, 305, null, Cancel)).Document!;
        ProofHead other = (await console.Use<ProveConsistency>().RunAsync(Caller.System, 5, 305, Cancel)).Document!.First;
        static ConsistencyCheck Check(ConsistencyDocument document) => CheckConsistency.Run(JsonSerializer.SerializeToUtf8Bytes(document, ProofDocument.Json));

        Assert.True(Check(proof).Holds);
        Assert.True(CheckConsistency.Run(proof, proof.Second.KeyId, proof.First).Holds);
        byte[] changed = [.. proof.Path[0]];
        changed[0] ^= 1;
        Assert.Equal(ConsistencyProblem.Rewritten, Check(proof with { Path = [changed, .. proof.Path.Skip(1)] }).Problem);
        Assert.Equal(ConsistencyProblem.Rewritten, Check(proof with { Path = [] }).Problem);
        Assert.Equal(ConsistencyProblem.Rewritten, Check(proof with { First = other }).Problem);
        Assert.Equal(ConsistencyProblem.Rewritten, Check(proof with { First = proof.Second, Second = proof.First }).Problem);
        Assert.Equal(ConsistencyProblem.HeadSignature, Check(proof with { Second = proof.Second with { Size = 346 } }).Problem);
        Assert.Equal(ConsistencyProblem.HeadSignature, Check(proof with { First = proof.First with { RootHash = proof.Second.RootHash } }).Problem);
        Assert.Equal(ConsistencyProblem.OtherKey, CheckConsistency.Run(proof, "another key").Problem);
        Assert.Equal(ConsistencyProblem.OtherHead, CheckConsistency.Run(proof, kept: other).Problem);
        Assert.Equal(ConsistencyProblem.NotAProof, Check(proof with { Format = ProofDocument.FormatName }).Problem);
        Assert.Equal(ConsistencyProblem.NotAProof, CheckConsistency.Run("{}"u8).Problem);
        Assert.Equal(ProofProblem.NotAProof, CheckProof.Run(JsonSerializer.SerializeToUtf8Bytes(proof, ProofDocument.Json)).Problem);
    }

    private static byte[] Bytes(ProofDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, ProofDocument.Json);

    private static Task<Proved> ProveAsync(TestConsole console, Caller caller, long number) => console.Use<ProveCase>().RunAsync(caller, number, Cancel);

    private static async Task<long> CaseAsync(TestConsole console, int before = 0, Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        await console.RecordAsync(before);
        CaseQueue queue = await console.QueueAsync();
        (Case about, _) = await console.CaseAsync(queue, sensitivity: sensitivity);
        await console.RecordAsync(3, about.Number);
        await console.SealAsync();
        return about.Number;
    }
}
