using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>What a delivery of strikes goes by.</summary>
/// <param name="DecisionId">The decision; null where it was taken back.</param>
/// <param name="NotBefore">From when on it may leave, UTC.</param>
internal sealed record StrikeCause(Guid? DecisionId, long CaseNumber, DateTimeOffset NotBefore)
{
    public static StrikeCause Of(Decision decision) => new(decision.Id, decision.CaseNumber, decision.UndoUntil);
}

/// <summary>Orders what is set for a number of strikes, and takes it back.</summary>
/// <param name="decision">The decision that moved the sum.</param>
internal sealed class StrikeOrdering(WriteScope scope, Decision decision, PlatformActor account)
{
    public async Task OrderAsync(StrikeStep step, int sum, StrikeCause cause, CancellationToken cancellationToken)
    {
        ActionDefinition action = await scope.Db.Set<ActionDefinition>().AsNoTracking().SingleAsync(row => row.Id == step.ActionId, cancellationToken).ConfigureAwait(false);
        EnforcementAction? queued = null;
        if (StrikeTable.CanOrder(action, account))
        {
            await StopTakingBackAsync(action, cancellationToken).ConfigureAwait(false);
            queued = await QueueAsync(action, cause, sum, cancellationToken).ConfigureAwait(false);
        }

        StrikeOrder order = new()
        {
            TypeId = account.TypeId,
            AccountId = account.Id,
            Count = step.Count,
            ActionId = step.ActionId,
            CaseNumber = cause.CaseNumber,
            EnforcementId = queued?.Id,
            OrderedAt = scope.Now,
        };
        if (queued is null)
        {
            order.Refuse();
        }

        scope.Db.Add(order);
        Record(AuditAct.StrikeActionOrdered, order);
    }

    /// <summary>Lets what has not left wait until the sum it rests on is settled.</summary>
    public async Task HoldAsync(List<StrikeOrder> open, DateTimeOffset until, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. open.Select(order => order.EnforcementId).OfType<Guid>()];
        foreach (EnforcementAction waiting in await scope.Db.Set<EnforcementAction>()
            .Where(row => ids.Contains(row.Id) && row.State == EnforcementState.Pending && row.Attempts == 0 && row.NotBefore < until).ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            waiting.NotBefore = until;
        }
    }

    public async Task TakeBackAsync(StrikeOrder order, bool undone, CancellationToken cancellationToken)
    {
        EnforcementAction? sent = order.EnforcementId is { } id ? await scope.Db.Set<EnforcementAction>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false) : null;
        // One that was tried may have arrived although no answer came back; one whose delivery is kept no longer was over long ago.
        bool left = sent is null ? order.EnforcementId is not null
            : sent.State is EnforcementState.Delivering or EnforcementState.Delivered || sent is { State: EnforcementState.Pending, Attempts: > 0 };
        if (sent?.State == EnforcementState.Pending)
        {
            TakenBack.Cancel(scope, Caller.System, sent);
        }

        ActionDefinition? back = await (
            from action in scope.Db.Set<ActionDefinition>().AsNoTracking()
            join reversal in scope.Db.Set<ActionDefinition>() on action.ReversalActionId equals reversal.Id
            where action.Id == order.ActionId && !reversal.Archived
            select reversal).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (back is not null && (left || await WasStoppedAsync(order, back.Id, cancellationToken).ConfigureAwait(false)))
        {
            await QueueAsync(back, undone ? new StrikeCause(null, order.CaseNumber, scope.Now) : StrikeCause.Of(decision), sum: null, cancellationToken).ConfigureAwait(false);
        }

        order.End(!left ? StrikeOrderState.Cancelled : back is null ? StrikeOrderState.Stays : StrikeOrderState.TakenBack, scope.Now);
        Record(AuditAct.StrikeActionEnded, order);
    }

    // What takes it back and has not arrived yet must not arrive behind it.
    private async Task StopTakingBackAsync(ActionDefinition action, CancellationToken cancellationToken)
    {
        if (action.ReversalActionId is not { } back)
        {
            return;
        }

        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        foreach (EnforcementAction waiting in await Deliveries().Where(row => row.ActionId == back && row.State == EnforcementState.Pending)
            .ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            TakenBack.Cancel(scope, Caller.System, waiting);
        }
    }

    // Whether one that never left had stopped what takes back the one before it: then that is still to be taken back.
    private async Task<bool> WasStoppedAsync(StrikeOrder order, string back, CancellationToken cancellationToken)
    {
        var others = await Deliveries().Where(row => row.Id != order.EnforcementId && (row.ActionId == order.ActionId || row.ActionId == back))
            .Select(row => new { row.ActionId, row.State, row.CreatedAt }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return others.MaxBy(row => row.CreatedAt) is { State: EnforcementState.Cancelled } last && last.ActionId == back;
    }

    private IQueryable<EnforcementAction> Deliveries() => scope.Db.Set<EnforcementAction>()
        .Where(row => row.Kind == DeliveryKind.StrikeAction && row.TargetTypeId == account.TypeId && row.TargetItemId == account.Id);

    // As the peer tells it: for no policy, and by nobody.
    private async Task<EnforcementAction> QueueAsync(ActionDefinition action, StrikeCause cause, int? sum, CancellationToken cancellationToken)
    {
        WebhookFacts facts = new()
        {
            ActionId = action.Id,
            Item = new TargetItem(account.TypeId, account.Id),
            ItemTypeName = await scope.Reads.FindAsync(ActionReads.TypeNames, account.TypeId, cancellationToken).ConfigureAwait(false) ?? account.TypeId,
            CustomBody = action.CustomBody,
            UserStrikeCount = sum,
        };
        return scope.QueueAction(Caller.System, action, ActionTarget.Author, facts, cause.NotBefore, cause.DecisionId, cause.CaseNumber, DeliveryKind.StrikeAction);
    }

    private void Record(AuditAct act, StrikeOrder order) =>
        scope.Record(Caller.System, act, decision.CaseNumber, subject: order.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["action"] = order.ActionId,
            ["decision"] = decision.Id,
            ["delivery"] = order.EnforcementId,
            ["state"] = order.State.ToString(),
            ["strikes"] = order.Count,
        });
}
