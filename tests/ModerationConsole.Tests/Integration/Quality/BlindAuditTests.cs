using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>Who reads the audit, runs batches and judges samples at once does not find a case there while a sample of it is in their hands.</summary>
public sealed class BlindAuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_WhoseSampleIsInHand_IsNeitherInTheAuditNorInBatchesNorInTheInboxOfItsReviewer()
    {
        await using SampleRoom room = await SampleRoom.OpenAsync();
        Caller both = await room.Console.PersonAsync(Roles.QualityReviewer, own: [Permission.ViewAudit, Permission.ActInBulk, Permission.ChildSafety]);
        QualitySample sample = await room.DrawAsync(await room.DecidedAsync(Verdict.Violation));
        long batch = await room.Console.WriteAsync(async scope =>
        {
            BulkBatch made = new() { PersonId = room.Lead.Id, ProposedAt = scope.Now };
            made.Start(scope.Now);
            scope.Db.Add(made);
            await scope.Db.SaveChangesAsync(Cancel);
            scope.Db.Add(new BatchMember { BatchNumber = made.Number, CaseNumber = sample.CaseNumber });
            await scope.TellAsync(both.Id, InboxKind.EscalationAnswered, "answer:1", Cancel, sample.CaseNumber);
            return made.Number;
        });
        Assert.Equal((true, true, true, true, true), await FindsAsync(room, both, sample, batch));

        ActiveLease lease = await room.HoldAsync(both, sample.TaskNumber);

        Assert.Equal((false, false, false, false, false), await FindsAsync(room, both, sample, batch));
        Assert.All(await EntriesAsync(room, both, new AuditFilter()), entry => Assert.NotEqual(sample.CaseNumber, entry.CaseNumber));
        long made = await room.Console.ReadAsync(db => Task.FromResult(db.Set<AuditEntry>().First(entry => entry.CaseNumber == sample.CaseNumber).Number));
        Assert.Equal(ProveOutcome.Missing, (await room.Console.Use<ProveEntry>().RunAsync(both, made, Cancel)).Outcome);
        await room.SubmitAsync(lease, Verdict.Violation, both);
        Assert.Equal((true, true, true, true, true), await FindsAsync(room, both, sample, batch));
    }

    private static async Task<(bool Searched, bool Checked, bool Proved, bool Batched, bool Told)> FindsAsync(SampleRoom room, Caller by, QualitySample sample, long batch) => (
        (await EntriesAsync(room, by, new AuditFilter(CaseNumber: sample.CaseNumber))).Count > 0,
        await room.Console.Use<CheckCase>().RunAsync(by, sample.CaseNumber, Cancel) is not null,
        (await room.Console.Use<ProveCase>().RunAsync(by, sample.CaseNumber, Cancel)).Outcome != ProveOutcome.Missing,
        (await room.Console.Use<ListBatchMembers>().RunAsync(by, batch, null, null, Cancel)).Count > 0,
        (await room.Console.Use<ListInbox>().RunAsync(by, Cancel)).Any(entry => entry.CaseNumber == sample.CaseNumber));

    private static async Task<IReadOnlyList<AuditEntry>> EntriesAsync(SampleRoom room, Caller by, AuditFilter filter) =>
        (await room.Console.Use<SearchAudit>().RunAsync(by, filter, null, null, 200, Cancel)).Entries;
}
