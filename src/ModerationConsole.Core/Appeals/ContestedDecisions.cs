using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Appeals;

/// <summary>
/// Finds the decision in force that an appeal is about. While one may still be taken back nothing of it has left, so nobody can mean
/// it; one that was taken back or reversed has no effect any more.
/// </summary>
internal static class ContestedDecisions
{
    // The newest of an account are looked at, however many there are.
    private const int Most = 100;

    public static async Task<(ContestedDecision? Found, AppealRefusal? Refusal)> FindAsync(WriteScope scope, AppealOrder order, CancellationToken cancellationToken)
    {
        Decision? decision = order.Kind == AppealKind.Complaint
            ? await RefusedReportAsync(scope, order, cancellationToken).ConfigureAwait(false)
            : await ByActionAsync(scope, order, cancellationToken).ConfigureAwait(false) ?? await ByItemAsync(scope, order, cancellationToken).ConfigureAwait(false);
        if (decision is null)
        {
            return (null, AppealRefusal.NothingInForce);
        }

        if (decision.ErasedAt is not null)
        {
            return (null, AppealRefusal.Erased);
        }

        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber, cancellationToken).ConfigureAwait(false);
        ItemVersion item = await scope.Db.Set<ItemVersion>().SingleAsync(row => row.Id == about.ItemVersionId, cancellationToken).ConfigureAwait(false);
        return order.Kind == AppealKind.Complaint || Concerns(item, order.By)
            ? (new ContestedDecision(decision, about, item), null)
            : (null, AppealRefusal.NotConcerned);
    }

    // Where the platform never said who made it, whoever it lets appeal may.
    private static bool Concerns(ItemVersion item, TargetItem by) =>
        item.CreatorId is null || (item.CreatorTypeId, item.CreatorId) == (by.TypeId, by.ItemId) || (item.TypeId, item.ItemId) == (by.TypeId, by.ItemId);

    // What was done to exactly this item or account, by one of these actions.
    private static Task<Decision?> ByActionAsync(WriteScope scope, AppealOrder order, CancellationToken cancellationToken)
    {
        (string typeId, string itemId) = (order.Item.TypeId, order.Item.ItemId);
        IReadOnlyList<string> actions = order.Actions;
        return (
            from action in scope.Db.Set<EnforcementAction>()
            join decision in InForce(scope.Db, scope.Now, Verdict.Violation) on action.DecisionId equals decision.Id
            where action.TargetItemId == itemId && action.TargetTypeId == typeId && action.State != EnforcementState.Cancelled && actions.Contains(action.ActionId!)
            orderby decision.DecidedAt descending
            select decision).FirstOrDefaultAsync(cancellationToken);
    }

    // A decision about the item that ordered nothing, or keeps what an earlier one ordered; of the account's other items only what names the actions.
    private static async Task<Decision?> ByItemAsync(WriteScope scope, AppealOrder order, CancellationToken cancellationToken)
    {
        (string typeId, string itemId) = (order.Item.TypeId, order.Item.ItemId);
        var rows = await (
            from decision in InForce(scope.Db, scope.Now, Verdict.Violation)
            join about in scope.Db.Set<Case>() on decision.CaseNumber equals about.Number
            join item in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where (item.ItemId == itemId && item.TypeId == typeId) || (item.CreatorId == itemId && item.CreatorTypeId == typeId)
            orderby decision.DecidedAt descending
            select new { Decision = decision, Own = item.ItemId == itemId && item.TypeId == typeId }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return (rows.Find(row => Names(row.Decision, order)) ?? rows.Find(row => row.Own))?.Decision;
    }

    private static Task<Decision?> RefusedReportAsync(WriteScope scope, AppealOrder order, CancellationToken cancellationToken)
    {
        (string typeId, string itemId) = (order.Item.TypeId, order.Item.ItemId);
        (string reporterType, string reporter) = (order.By.TypeId, order.By.ItemId);
        return (
            from decision in InForce(scope.Db, scope.Now, Verdict.Allow)
            join about in scope.Db.Set<Case>() on decision.CaseNumber equals about.Number
            join item in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where item.ItemId == itemId && item.TypeId == typeId && about.DecisionId == decision.Id
                && scope.Db.Set<Report>().Any(report => report.CaseNumber == about.Number && report.ReporterId == reporter && report.ReporterTypeId == reporterType)
            orderby decision.DecidedAt descending
            select decision).FirstOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<Decision> InForce(ConsoleDbContext db, DateTimeOffset now, Verdict verdict) =>
        db.Judgements().Where(row => row.State == DecisionState.Effective && row.Verdict == verdict && row.UndoUntil < now);

    private static bool Names(Decision decision, AppealOrder order) => ActionScope.List(decision.Actions).Any(order.Actions.Contains);
}
