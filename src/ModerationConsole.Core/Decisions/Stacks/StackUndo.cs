using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>Takes back the members of a stack with the decision that was on the screen; they are shown with it again.</summary>
internal static class StackUndo
{
    /// <summary>Takes back what can still be taken back. Returns how many members that were, and how many stand.</summary>
    /// <param name="leading">The decision on the screen, taken back already.</param>
    /// <param name="shown">The lease that puts it on the screen again.</param>
    public static async Task<(int Undone, int Kept)> UndoStackAsync(
        this WriteScope scope, Caller caller, Decision leading, ActiveLease shown, DecisionUndoing undoing, LeaseOptions options,
        CancellationToken cancellationToken)
    {
        var members = await (
            from own in scope.Db.Set<StackedDecision>()
            join other in scope.Db.Set<StackedDecision>() on own.StackId equals other.StackId
            join decision in scope.Db.Set<Decision>() on other.DecisionId equals decision.Id
            where own.DecisionId == leading.Id && own.Place == 0 && other.Place > 0 && decision.State == DecisionState.Effective
            orderby other.Place
            select new { Seat = other, Decision = decision }).ToListAsync(cancellationToken).ConfigureAwait(false);
        int undone = 0;
        foreach (var member in members)
        {
            if (await DecisionUndoing.TakeBackAsync(scope, caller, member.Decision, cancellationToken).ConfigureAwait(false) is { } task)
            {
                StackSeat seat = new(shown, ++undone, member.Seat.Alike ?? Alike.SameText);
                scope.AddLease(caller, task, task.TakeBack(), caller.Id, LeaseSlot.Stack, options, seat);
                await undoing.TellAsync(scope, task, member.Decision, cancellationToken).ConfigureAwait(false);
            }
        }

        return (undone, members.Count - undone);
    }
}
