using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>
/// Orders what is set for a number of strikes when a decision brings an account there, in the transaction of that decision and not
/// before its window is over; takes it back when a decision that is undone or reversed brings the sum below again, and orders what
/// is set for the sum that is left. Strikes that run out take nothing back. Of several numbers reached at once only the highest
/// acts.
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
        // Nearly always nothing is set to happen by itself: then this is one look at tables of a few rows.
        StrikeTable table = await StrikeTable.OfGroupAsync(scope, cancellationToken).ConfigureAwait(false);
        bool acts = !undone && decision.Verdict == Verdict.Violation && table.Steps.Any(step => step.Automatic);
        bool falls = undone || decision.ReversesId is not null;
        if ((!acts && !falls) || await StrikeSums.AccountAsync(scope.Db, decision.CaseNumber, cancellationToken).ConfigureAwait(false) is not { } judged)
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

        await StrikeAccount.MarkAsync(scope, account, cancellationToken).ConfigureAwait(false);
        // So that what is reckoned below is read as it stands now, this decision included.
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        List<ActorStrike> strikes = await StrikeSums.OfAsync(scope, account, table, cancellationToken).ConfigureAwait(false);
        int after = StrikeSums.Standing(strikes);
        int before = undone
            ? after + await StrikeSums.OwnAsync(scope.Db, decision, judged, table, cancellationToken).ConfigureAwait(false)
            : StrikeSums.Standing(strikes.Where(strike => strike.DecisionId != decision.Id))
                + strikes.Where(strike => strike.DecisionId == decision.ReversesId && strike.ExpiresAt > scope.Now).Sum(strike => strike.Count);
        StrikeOrdering ordering = new(scope, decision, account);
        if (acts && table.Steps.LastOrDefault(step => step.Automatic && step.Count > before && step.Count <= after) is { } reached)
        {
            foreach (StrikeOrder ranOut in open.Where(order => order.Count == reached.Count))
            {
                ranOut.End(StrikeOrderState.ReachedAgain, scope.Now);
            }

            await ordering.OrderAsync(reached, after, StrikeCause.Of(decision), cancellationToken).ConfigureAwait(false);
        }
        else if (falls)
        {
            await FallAsync(ordering, scope, open, table, new StrikeFall(strikes, before, after, undone), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task FallAsync(
        StrikeOrdering ordering, WriteScope scope, List<StrikeOrder> open, StrikeTable table, StrikeFall fall, CancellationToken cancellationToken)
    {
        // What the sum was below already stays: only this decision is taken back.
        List<StrikeOrder> gone = [.. open.Where(order => order.Count > fall.After && order.Count <= fall.Before)];
        foreach (StrikeOrder order in gone)
        {
            await ordering.TakeBackAsync(order, fall.Undone, cancellationToken).ConfigureAwait(false);
        }

        open.RemoveAll(gone.Contains);
        ActorStrike? newest = fall.Strikes.FirstOrDefault(strike => strike.Count > 0 && strike.State is StrikeState.Counts or StrikeState.NotYet);
        if (newest is null)
        {
            return;
        }

        // The sum that is left rests on what may still be taken back, too.
        DateTimeOffset settled = fall.Strikes.Where(strike => strike.State == StrikeState.NotYet).Select(strike => strike.UndoUntil).Append(scope.Now).Max();
        await ordering.HoldAsync(open, settled, cancellationToken).ConfigureAwait(false);
        if (gone.Exists(order => order.State != StrikeOrderState.Stays)
            && table.Steps.LastOrDefault(step => step.Automatic && step.Count <= fall.After) is { } left && !open.Exists(order => order.Count == left.Count))
        {
            await ordering.OrderAsync(left, fall.After, new StrikeCause(newest.DecisionId, newest.CaseNumber, settled), cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record StrikeFall(List<ActorStrike> Strikes, int Before, int After, bool Undone);
}
