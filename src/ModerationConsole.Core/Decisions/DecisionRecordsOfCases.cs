using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Decisions;

/// <summary>Decisions, drafts, stacks and places in batches of cases.</summary>
internal sealed class DecisionRecordsOfCases : ICaseRecords
{
    public int Floor => 7;

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = scope.Db;
        IQueryable<Decision> decisions = db.Set<Decision>().Where(row => cases.Contains(row.CaseNumber));
        await scope.RemoveAppendOnlyAsync(db.Set<StackedDecision>().Where(row => decisions.Any(one => one.Id == row.DecisionId)), cancellationToken).ConfigureAwait(false);
        await db.Set<BatchMember>().Where(row => cases.Contains(row.CaseNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await DraftsOf(db, cases).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);

        // Each points at what it reversed, within its case; SQLite looks at every row by itself.
        await decisions.Where(row => row.ReversesId != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReversesId, (Guid?)null), cancellationToken).ConfigureAwait(false);
        await decisions.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        await DraftsOf(scope.Db, cases).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        List<Decision> decisions = await scope.Db.Set<Decision>().Where(row => cases.Contains(row.CaseNumber) && row.ErasedAt == null)
            .OrderBy(row => row.DecidedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
        decisions.ForEach(decision => Erase(scope, decision));
    }

    // The audit holds the hash of the whole; of what remains it gets one, too, so that a changed byte is still found.
    private static void Erase(WriteScope scope, Decision decision)
    {
        var row = scope.Db.Entry(decision);
        byte[] before = decision.Hash;
        row.Property(one => one.ReasonForUser).CurrentValue = null;
        row.Property(one => one.InternalNote).CurrentValue = null;
        row.Property(one => one.Facts).CurrentValue = null;
        row.Property(one => one.Snapshot).CurrentValue = WithoutIds(decision.Snapshot);
        row.Property(one => one.Hash).CurrentValue = DecisionHash.Of(decision);
        decision.MarkErased(scope.Now);
        scope.Record(Caller.System, AuditAct.DecisionErased, decision.CaseNumber, subject: decision.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["before"] = Convert.ToHexStringLower(before),
            ["hash"] = Convert.ToHexStringLower(decision.Hash),
        });
    }

    // Ids on the platform lead to the person; the console's own do not.
    private static string WithoutIds(string snapshot)
    {
        try
        {
            DecisionSnapshot read = DecisionSnapshot.Read(snapshot);
            return (read with { Earlier = [.. read.Earlier.Select(one => one with { ItemId = "" })] }).Write();
        }
        catch (System.Text.Json.JsonException)
        {
            return "{}";
        }
    }

    private static IQueryable<Draft> DraftsOf(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<Draft>().Where(row => db.Set<ReviewTask>().Any(task => task.Number == row.TaskNumber && cases.Contains(task.CaseNumber)));
}

/// <summary>Batches that were over long ago, and previews that nobody began.</summary>
internal sealed class BatchClass : IRecordClass
{
    public string Name => RecordClasses.Batches;

    public int DefaultDays => 400;

    public int LeastDays => 30;

    public async Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await pass.RemoveAllAsync(
            scope => scope.Db.Set<BatchMember>().Where(row => Old(scope.Db, before).Any(batch => batch.Number == row.BatchNumber))
                .OrderBy(row => row.BatchNumber).ThenBy(row => row.CaseNumber), cancellationToken).ConfigureAwait(false);
        await pass.RemoveAllAsync(
            scope => Old(scope.Db, before).Where(row => !scope.Db.Set<BatchMember>().Any(member => member.BatchNumber == row.Number)).OrderBy(row => row.Number),
            cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<BulkBatch> Old(ConsoleDbContext db, DateTimeOffset before) => db.Set<BulkBatch>().Where(row =>
        row.EndedAt < before || (row.State == BatchState.Proposed && row.ProposedAt < before));
}
