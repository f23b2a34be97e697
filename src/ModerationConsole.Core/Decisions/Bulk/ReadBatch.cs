using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>So many of something.</summary>
public sealed record BatchPart(string Name, int Count);

/// <summary>A batch as it stands.</summary>
/// <param name="Maker">Name of who made it.</param>
/// <param name="Mine">Whether the caller did.</param>
/// <param name="Counts">How many cases stand how.</param>
/// <param name="LeftOut">How many are left out or stand, by the reason.</param>
/// <param name="Types">Of which item types those are that something is or was done to.</param>
/// <param name="Queues">Where they wait or waited.</param>
/// <param name="Severe">How many of them are severe.</param>
/// <param name="PolicyName">The policy, where one is named.</param>
/// <param name="ActionNames">The actions.</param>
/// <param name="QueueName">The queue they go to.</param>
/// <param name="UndoUntil">Until when nothing of it leaves, UTC, of the last decision; null where there is none.</param>
public sealed record BatchView(
    long Number, BulkOrder Order, BatchState State, string Maker, bool Mine, DateTimeOffset ProposedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    IReadOnlyDictionary<MemberState, int> Counts, IReadOnlyDictionary<LeftOutReason, int> LeftOut, IReadOnlyList<BatchPart> Types, IReadOnlyList<BatchPart> Queues,
    int Severe, string? PolicyName, IReadOnlyList<string> ActionNames, string? QueueName, DateTimeOffset? UndoUntil)
{
    /// <summary>Whether beginning it takes a second person.</summary>
    public bool NeedsSecond { get; init; }

    /// <summary>When a second person was asked, UTC.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Until when it waits for the answer, UTC.</summary>
    public DateTimeOffset? LapsesAt { get; init; }

    /// <summary>Why it is to be done.</summary>
    public string? AskReason { get; init; }

    /// <summary>Name of the second person who answered.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>What they said.</summary>
    public string? AnswerNote { get; init; }

    /// <summary>Cases in it.</summary>
    public int Total => Counts.Values.Sum();

    /// <summary>Cases that stand so.</summary>
    public int Of(MemberState state) => Counts.GetValueOrDefault(state);
}

/// <summary>A batch with how far it is, counted from its cases each time.</summary>
[Requires(Permission.ActInBulk)]
public sealed class ReadBatch(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IOptions<MassActionOptions> options, TimeProvider clock) : IUseCase
{
    /// <summary>The batch; null where there is none. A proposal is shown to its maker only.</summary>
    public async Task<BatchView?> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadBatch>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var row = await (
                from batch in db.Set<BulkBatch>().AsNoTracking()
                join person in db.Set<Moderator>() on batch.PersonId equals person.Id
                where batch.Number == number && (batch.State != BatchState.Proposed || batch.PersonId == caller.Id)
                select new { Batch = batch, person.DisplayName }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return row is null ? null : await ReadAsync(db, row.Batch, row.DisplayName, caller, options.Value, clock.Now(), cancellationToken).ConfigureAwait(false);
        }
    }

    internal static async Task<BatchView> ReadAsync(
        ConsoleDbContext db, BulkBatch batch, string maker, Caller caller, MassActionOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        BulkOrder order = BulkOrder.Read(batch.Content);
        IQueryable<BatchMember> members = db.Set<BatchMember>().Where(row => row.BatchNumber == batch.Number);
        IQueryable<BatchMember> worked = members.Where(row => row.State != MemberState.LeftOut);
        Dictionary<MemberState, int> counts = await members.GroupBy(row => row.State)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken).ConfigureAwait(false);
        Dictionary<LeftOutReason, int> leftOut = await members.Where(row => row.Reason != LeftOutReason.None).GroupBy(row => row.Reason)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken).ConfigureAwait(false);
        var types = await (
            from member in worked
            join about in db.Set<Case>() on member.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            join type in db.Set<ItemType>() on item.TypeId equals type.Id
            group member by type.Name into same
            select new { same.Key, Count = same.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var queues = await (
            from member in worked
            join queue in db.Set<CaseQueue>() on member.FromQueueId equals queue.Id
            group member by queue.Name into same
            select new { same.Key, Count = same.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        int severe = await (
            from member in worked
            join about in db.Set<Case>() on member.CaseNumber equals about.Number
            where about.Sensitivity != Sensitivity.Ordinary || about.Severity == Severity.Severe
            select member.CaseNumber).CountAsync(cancellationToken).ConfigureAwait(false);
        return new BatchView(
            batch.Number, order, batch.State, maker, batch.PersonId == caller.Id, batch.ProposedAt, batch.StartedAt, batch.EndedAt, counts, leftOut,
            [.. types.OrderByDescending(row => row.Count).Select(row => new BatchPart(row.Key, row.Count))],
            [.. queues.OrderByDescending(row => row.Count).Select(row => new BatchPart(row.Key, row.Count))],
            severe,
            await db.Set<PolicyVersion>().Where(row => row.PolicyId == order.PolicyId && row.Number == order.PolicyVersion).Select(row => row.Name)
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false)
                ?? await db.Set<Policy>().Where(row => row.Id == order.PolicyId).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false),
            await db.Set<ActionDefinition>().Where(row => order.Actions.Contains(row.Id)).OrderBy(row => row.Name).Select(row => row.Name)
                .ToListAsync(cancellationToken).ConfigureAwait(false),
            await db.Set<CaseQueue>().Where(row => row.Id == order.QueueId).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false),
            await (
                from member in members
                join decision in db.Set<Decision>() on member.DecisionId equals decision.Id
                where member.State == MemberState.Done
                select (DateTimeOffset?)decision.UndoUntil).MaxAsync(cancellationToken).ConfigureAwait(false))
        {
            NeedsSecond = batch.State == BatchState.Proposed
                && await options.AreBeyondAsync(db, batch.PersonId, counts.GetValueOrDefault(MemberState.Waiting), now, cancellationToken).ConfigureAwait(false),
            AskedAt = batch.AskedAt,
            LapsesAt = batch.AskedAt + options.Wait,
            AskReason = batch.AskReason,
            AnsweredBy = await db.Set<Moderator>().Where(row => row.Id == batch.AnsweredBy).Select(row => row.DisplayName).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false),
            AnswerNote = batch.AnswerNote,
        };
    }
}
