using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Appeals;

/// <summary>
/// Files an appeal inside a write. The decision stays in force while it is heard; the case keeps its state, and its history tells of
/// the appeal.
/// </summary>
public sealed class AppealFiling(IOptions<AppealOptions> options, DecisionHands hands)
{
    // Someone waits for an answer: before ordinary work, after what is urgent.
    private const int Priority = 60;

    /// <summary>The same appeal, if it came in before.</summary>
    internal static Task<Appeal?> FindAsync(WriteScope scope, AppealOrder order, CancellationToken cancellationToken)
    {
        (string type, string id) = (order.By.TypeId, order.By.ItemId);
        return scope.Db.Set<Appeal>().SingleOrDefaultAsync(
            row => row.ExternalId == order.ExternalId && row.AppellantTypeId == type && row.AppellantId == id, cancellationToken);
    }

    /// <summary>Earlier appeals of the same account against the same decision.</summary>
    internal static Task<List<long>> EarlierAsync(WriteScope scope, AppealOrder order, ContestedDecision contested, CancellationToken cancellationToken)
    {
        (string type, string id, Guid decision) = (order.By.TypeId, order.By.ItemId, contested.Decision.Id);
        return scope.Db.Set<Appeal>().Where(row => row.DecisionId == decision && row.AppellantTypeId == type && row.AppellantId == id)
            .Select(row => row.Number).ToListAsync(cancellationToken);
    }

    /// <summary>The items that came with these appeals.</summary>
    internal static IQueryable<ItemVersion> EvidenceOf(ConsoleDbContext db, IReadOnlyList<long> appeals) =>
        from evidence in db.Set<AppealEvidence>()
        join item in db.Set<ItemVersion>() on evidence.ItemVersionId equals item.Id
        where appeals.Contains(evidence.AppealNumber)
        select item;

    /// <summary>Files it with a task for someone who had no hand in the decision.</summary>
    /// <param name="round">Which appeal of this account about this decision it is.</param>
    /// <param name="evidence">Versions of the items that came with it.</param>
    internal async Task<Appeal> FileAsync(
        WriteScope scope, Caller caller, AppealOrder order, ContestedDecision contested, int round, IReadOnlyList<Guid> evidence, CancellationToken cancellationToken)
    {
        (_, Case about, ItemVersion item) = contested;
        CaseQueue queue = await QueueAsync(scope, about, cancellationToken).ConfigureAwait(false);
        DateTimeOffset dueAt = queue.DeadlineMinutes is { } minutes ? scope.Now.AddMinutes(minutes) : scope.Now.AddHours(options.Value.DeadlineHours);
        ReviewTask task = await AskAsync(scope, caller, about, contested.Decision, queue, dueAt, [], cancellationToken).ConfigureAwait(false);
        Appeal appeal = Appeal.Receive(order, contested.Decision, item.Language, task.Number, round, dueAt, scope.Now);
        scope.Db.Add(appeal);
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await KeepAsync(scope, appeal, about, evidence, cancellationToken).ConfigureAwait(false);
        scope.Tell(about, CaseEventKind.Appealed, subjectId: appeal.Id);
        scope.Record(caller, AuditAct.AppealReceived, about.Number, task.Number, appeal.Id.ToString(), new Dictionary<string, object?>
        {
            ["decision"] = appeal.DecisionId,
            ["evidence"] = evidence.Count,
            ["kind"] = appeal.Kind.ToString(),
        });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        return appeal;
    }

    /// <summary>Asks someone else where whoever had the appeal in hand ended its task without an answer: they asked back, or raised an alarm.</summary>
    internal async Task AskAgainAsync(WriteScope scope, Appeal appeal, CancellationToken cancellationToken)
    {
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == appeal.CaseNumber, cancellationToken).ConfigureAwait(false);
        Decision decision = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == appeal.DecisionId, cancellationToken).ConfigureAwait(false);
        long ended = appeal.TaskNumber;
        List<Guid> had = await scope.Db.Set<LeaseRecord>().Where(row => row.TaskNumber == ended && row.End == LeaseEnd.Decided).Select(row => row.PersonId).Distinct()
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        CaseQueue queue = await QueueAsync(scope, about, cancellationToken).ConfigureAwait(false);
        appeal.WaitWith((await AskAsync(scope, Caller.System, about, decision, queue, appeal.DueAt, had, cancellationToken).ConfigureAwait(false)).Number);
    }

    private static Task<CaseQueue> QueueAsync(WriteScope scope, Case about, CancellationToken cancellationToken) =>
        scope.QueueOfKindAsync(about.Sensitivity == Sensitivity.ChildSafety ? QueueKind.ChildSafety : QueueKind.Appeals, cancellationToken);

    private async Task<ReviewTask> AskAsync(
        WriteScope scope, Caller caller, Case about, Decision decision, CaseQueue queue, DateTimeOffset dueAt, IEnumerable<Guid> without, CancellationToken cancellationToken) =>
        await scope.QueueMeasuringAsync(
            caller, about,
            new MeasuringOrder(TaskKind.Appeal, decision.Id, decision.CaseVersion, queue.Id)
            {
                Priority = Priority,
                DueAt = dueAt,
                Without = [.. await hands.OfAsync(scope.Db, about.Number, cancellationToken).ConfigureAwait(false), .. without],
            },
            cancellationToken).ConfigureAwait(false);

    // Beside the case as well, so that it is seen, kept and erased with it.
    private static async Task KeepAsync(WriteScope scope, Appeal appeal, Case about, IReadOnlyList<Guid> evidence, CancellationToken cancellationToken)
    {
        List<RelatedItem> known = await scope.Db.Set<RelatedItem>().Where(row => row.CaseNumber == about.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        int place = known.Count(row => row.Relation == ItemRelation.Additional);
        foreach ((int position, Guid version) in evidence.Distinct().Index())
        {
            scope.Db.Add(new AppealEvidence { AppealNumber = appeal.Number, ItemVersionId = version, Position = position });
            if (version != about.ItemVersionId && !known.Exists(row => row.ItemVersionId == version))
            {
                scope.Db.Add(new RelatedItem { CaseNumber = about.Number, ItemVersionId = version, Relation = ItemRelation.Additional, Position = place++ });
            }
        }
    }
}
