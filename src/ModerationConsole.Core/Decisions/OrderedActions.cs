using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Decisions;

/// <summary>Writes down what a decision orders, each to wait for the end of the undo window.</summary>
public sealed class OrderedActions(IStrikeCount strikes)
{
    internal async Task<IReadOnlyList<OrderedAction>> QueueAsync(
        WriteScope scope, Caller caller, JudgedTask judged, Decision decision, DecisionCheck check, CancellationToken cancellationToken)
    {
        if (check.Orders.Count == 0)
        {
            return [];
        }

        string? pseudonym = await scope.Reads.FindAsync(DecisionReads.Pseudonyms, caller.Id, cancellationToken).ConfigureAwait(false);
        List<KnownReport> known = await scope.Reads.FindAsync(DecisionReads.Reports, decision.CaseNumber, cancellationToken).ConfigureAwait(false) ?? [];
        List<WebhookReport> reports = [.. known.Take(WebhookBody.MaxReports).Select(report => report.Told)];
        int? sum = judged.Account is not { } account ? null
            : await strikes.WithAsync(scope, decision, account, judged.About.Sensitivity == Sensitivity.ChildSafety, cancellationToken).ConfigureAwait(false);
        List<OrderedAction> ordered = [];
        foreach (CheckedOrder order in check.Orders)
        {
            EnforcementAction queued = scope.QueueAction(
                caller, order.Action, order.Target, Facts(order, decision, check.Policy, pseudonym, reports, sum), decision.UndoUntil, decision.Id, decision.CaseNumber);
            ordered.Add(new OrderedAction(queued.Id, order.Action.Id, order.Action.Name, queued.Target, queued.TargetTypeId, queued.TargetItemId));
        }

        return ordered;
    }

    /// <summary>What a decision ordered, read again.</summary>
    internal static Task<List<OrderedAction>> ReadAsync(ConsoleDbContext db, Guid decisionId, CancellationToken cancellationToken) => (
        from row in db.Set<EnforcementAction>()
        join action in db.Set<ActionDefinition>() on row.ActionId equals action.Id
        where row.DecisionId == decisionId && row.Kind == DeliveryKind.Action
        orderby row.Id
        select new OrderedAction(row.Id, action.Id, action.Name, row.Target, row.TargetTypeId, row.TargetItemId)).ToListAsync(cancellationToken);

    private static WebhookFacts Facts(
        CheckedOrder order, Decision decision, UsedPolicy? policy, string? pseudonym, List<WebhookReport> reports, int? strikes) => new()
        {
            ActionId = order.Action.Id,
            Item = order.Item,
            ItemTypeName = order.TypeName,
            Policies = policy is null ? [] : [new WebhookPolicy(policy.Id, policy.Name, policy.Severity)],
            CustomBody = order.Action.CustomBody,
            Parameters = order.Parameters,
            Reports = reports.Count > 0 ? reports : null,
            ActorPseudonym = pseudonym,
            Creator = order.Creator,
            UserStrikeCount = strikes,
            // The reason speaks of the judged item; the peer does not send it with actions on others.
            ReasonForUser = order.Target == ActionTarget.RelatedItem ? null : decision.ReasonForUser,
        };
}
