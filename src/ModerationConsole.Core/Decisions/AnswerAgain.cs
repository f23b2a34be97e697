using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Answers a verdict whose draw is over: with the decision it led to, or that the task was lost.</summary>
internal static class AnswerAgain
{
    public static async Task<DecideResult> ReadAsync(WriteScope scope, Guid personId, DecideCommand command, CancellationToken cancellationToken)
    {
        // The lease's record says which draw a decision came from: after an undo there may be several of one task.
        Decision? before = await (
            from record in scope.Db.Set<LeaseRecord>()
            join decision in scope.Db.Set<Decision>()
                on new { record.TaskNumber, DeciderId = (Guid?)record.PersonId, At = record.EndedAt }
                equals new { decision.TaskNumber, decision.DeciderId, At = decision.DecidedAt }
            where record.TaskNumber == command.TaskNumber && record.PersonId == personId && record.Fence == command.Fence && record.End == LeaseEnd.Decided
            select decision).AsNoTracking().FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (before is null || before.State == DecisionState.Undone)
        {
            return new DecideResult(DecideOutcome.LeaseLost);
        }

        DateTimeOffset? undoUntil = before.UndoUntil > before.DecidedAt ? before.UndoUntil : null;
        return new DecideResult(DecideOutcome.AlreadyDecided, before.Id, undoUntil)
        {
            Ordered = await OrderedActions.ReadAsync(scope.Db, before.Id, cancellationToken).ConfigureAwait(false),
        };
    }
}
