using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>
/// Orders what is set for a number of strikes when a decision brings an account there, in the transaction of that decision and not
/// before its window is over; takes it back when a decision that is undone or reversed brings the sum below again. Of several
/// numbers reached at once only the highest acts.
/// </summary>
internal sealed class StrikeActions : IDecisionObserver
{
    public bool Concerns(ReviewTask task) => task.ChangesCase;

    public Task DecidedAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) =>
        decision.Verdict == Verdict.Violation || decision.ReversesId is not null
            ? SettleAsync(scope, decision, undone: false, cancellationToken)
            : Task.CompletedTask;

    public Task UndoneAsync(WriteScope scope, Decision decision, CancellationToken cancellationToken) =>
        decision.Verdict == Verdict.Violation ? SettleAsync(scope, decision, undone: true, cancellationToken) : Task.CompletedTask;

    private static async Task SettleAsync(WriteScope scope, Decision decision, bool undone, CancellationToken cancellationToken)
    {
        // Nearly always nothing is set to happen by itself: then this is one look at a table of a few rows.
        bool acts = !undone && decision.Verdict == Verdict.Violation
            && await scope.Db.Set<StrikeThreshold>().AnyAsync(step => step.Automatic, cancellationToken).ConfigureAwait(false);
        if (!acts && !undone && decision.ReversesId is null)
        {
            return;
        }

        if (await StrikeSums.AccountAsync(scope.Db, decision.CaseNumber, cancellationToken).ConfigureAwait(false) is not { } judged)
        {
            return;
        }

        PlatformActor account = judged.Account;
        List<StrikeOrder> open = await scope.Db.Set<StrikeOrder>().Where(row => row.AccountId == account.Id && row.TypeId == account.TypeId && row.EndedAt == null)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (!acts && open.Count == 0)
        {
            return;
        }

        // So that what is reckoned below is read as it stands now, this decision included.
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        StrikeTable table = await StrikeTable.ReadAsync(scope.Db, cancellationToken).ConfigureAwait(false);
        List<ActorStrike> strikes = await StrikeSums.OfAsync(scope, account, table, cancellationToken).ConfigureAwait(false);
        int after = StrikeSums.Standing(strikes);
        foreach (StrikeOrder order in open.Where(order => order.Count > after))
        {
            await TakeBackAsync(scope, order, decision, undone, cancellationToken).ConfigureAwait(false);
        }

        int before = StrikeSums.Standing(strikes.Where(strike => strike.DecisionId != decision.Id))
            + strikes.Where(strike => strike.DecisionId == decision.ReversesId && strike.ExpiresAt > scope.Now).Sum(strike => strike.Count);
        if (acts && table.Steps.LastOrDefault(step => step.Automatic && step.Count > before && step.Count <= after) is { } reached)
        {
            foreach (StrikeOrder ranOut in open.Where(order => order.Count == reached.Count && order.EndedAt is null))
            {
                ranOut.End(StrikeOrderState.ReachedAgain, scope.Now);
            }

            await OrderAsync(scope, decision, account, reached, after, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task OrderAsync(WriteScope scope, Decision decision, PlatformActor account, StrikeStep step, int sum, CancellationToken cancellationToken)
    {
        ActionDefinition action = await scope.Db.Set<ActionDefinition>().AsNoTracking().SingleAsync(row => row.Id == step.ActionId, cancellationToken).ConfigureAwait(false);
        EnforcementAction? queued = StrikeTable.CanBeAutomatic(action) && ActionScope.Covers(action.ItemTypes, ActionTarget.Item, account.TypeId, account.TypeId)
            ? await QueueAsync(scope, decision, action, account, sum, cancellationToken).ConfigureAwait(false)
            : null;
        StrikeOrder order = new()
        {
            TypeId = account.TypeId,
            AccountId = account.Id,
            Count = step.Count,
            ActionId = step.ActionId,
            CaseNumber = decision.CaseNumber,
            EnforcementId = queued?.Id,
            OrderedAt = scope.Now,
        };
        if (queued is null)
        {
            order.Refuse();
        }

        scope.Db.Add(order);
        Record(scope, AuditAct.StrikeActionOrdered, order, decision);
    }

    private static async Task TakeBackAsync(WriteScope scope, StrikeOrder order, Decision decision, bool undone, CancellationToken cancellationToken)
    {
        EnforcementAction? sent = order.EnforcementId is { } id ? await scope.Db.Set<EnforcementAction>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false) : null;
        switch (sent?.State)
        {
            case null or EnforcementState.Failed or EnforcementState.Cancelled:
                order.End(StrikeOrderState.Cancelled, scope.Now);
                break;
            case EnforcementState.Pending when sent.Attempts == 0:
                TakenBack.Cancel(scope, Caller.System, sent);
                order.End(StrikeOrderState.Cancelled, scope.Now);
                break;
            default:
                // One that was tried may have arrived although no answer came back.
                if (sent.State == EnforcementState.Pending)
                {
                    TakenBack.Cancel(scope, Caller.System, sent);
                }

                ActionDefinition? back = await (
                    from action in scope.Db.Set<ActionDefinition>().AsNoTracking()
                    join reversal in scope.Db.Set<ActionDefinition>() on action.ReversalActionId equals reversal.Id
                    where action.Id == order.ActionId && !reversal.Archived
                    select reversal).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
                if (back is not null)
                {
                    await QueueAsync(scope, undone ? null : decision, back, new PlatformActor(order.TypeId, order.AccountId), sum: null, cancellationToken, order.CaseNumber).ConfigureAwait(false);
                }

                order.End(back is null ? StrikeOrderState.Stays : StrikeOrderState.TakenBack, scope.Now);
                break;
        }

        Record(scope, AuditAct.StrikeActionEnded, order, decision);
    }

    // As the peer tells it: for no policy, and by nobody.
    private static async Task<EnforcementAction> QueueAsync(
        WriteScope scope, Decision? decision, ActionDefinition action, PlatformActor account, int? sum, CancellationToken cancellationToken, long? caseNumber = null)
    {
        WebhookFacts facts = new()
        {
            ActionId = action.Id,
            Item = new TargetItem(account.TypeId, account.Id),
            ItemTypeName = await scope.Reads.FindAsync(ActionReads.TypeNames, account.TypeId, cancellationToken).ConfigureAwait(false) ?? account.TypeId,
            CustomBody = action.CustomBody,
            UserStrikeCount = sum,
        };
        return scope.QueueAction(
            Caller.System, action, ActionTarget.Author, facts, decision?.UndoUntil ?? scope.Now, decision?.Id, decision?.CaseNumber ?? caseNumber, DeliveryKind.StrikeAction);
    }

    private static void Record(WriteScope scope, AuditAct act, StrikeOrder order, Decision decision) =>
        scope.Record(Caller.System, act, decision.CaseNumber, subject: order.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["action"] = order.ActionId,
            ["decision"] = decision.Id,
            ["delivery"] = order.EnforcementId,
            ["state"] = order.State.ToString(),
            ["strikes"] = order.Count,
        });
}
