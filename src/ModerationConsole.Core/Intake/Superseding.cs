using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Intake;

/// <summary>
/// Takes back what waits for an older version of an item, once a newer one is there to be judged. Two kinds of case stay:
/// child safety, because what was there must be reported even if it was edited away, and those an expert was asked about.
/// </summary>
internal static class Superseding
{
    /// <summary>Withdraws the open tasks of these cases and closes them, where that may be.</summary>
    public static async Task SupersedeAsync(this WriteScope scope, Caller caller, IReadOnlyList<Case> older, CancellationToken cancellationToken)
    {
        Case[] candidates = [.. older.Where(about => about is { State: CaseState.Open, Sensitivity: not Sensitivity.ChildSafety })];
        if (candidates.Length == 0)
        {
            return;
        }

        long[] numbers = [.. candidates.Select(about => about.Number)];
        ILookup<long, ReviewTask> tasks = (await scope.Db.Set<ReviewTask>()
            .Where(task => numbers.Contains(task.CaseNumber) && (task.State == TaskState.Waiting || task.State == TaskState.Leased))
            .ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(task => task.CaseNumber);
        foreach (Case about in candidates.Where(about => !tasks[about.Number].Any(task => task.Kind is TaskKind.Expert or TaskKind.Appeal)))
        {
            foreach (ReviewTask task in tasks[about.Number].Where(task => task.ChangesCase))
            {
                await WithdrawAsync(scope, caller, task, cancellationToken).ConfigureAwait(false);
            }

            about.Close(scope.Now);
            scope.Tell(about, CaseEventKind.Withdrawn, text: "superseded");
            scope.Record(caller, AuditAct.CaseWithdrawn, about.Number, details: new Dictionary<string, object?> { ["code"] = "superseded" });
            scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString());
        }
    }

    private static async Task WithdrawAsync(WriteScope scope, Caller caller, ReviewTask task, CancellationToken cancellationToken)
    {
        ActiveLease? lease = await scope.Db.Set<ActiveLease>().SingleOrDefaultAsync(row => row.TaskNumber == task.Number, cancellationToken).ConfigureAwait(false);
        if (lease is not null)
        {
            await scope.EndLeaseAsync(caller, lease, LeaseEnd.Revoked, cancellationToken).ConfigureAwait(false);
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        await scope.StopWaitingAsync(task.Number, cancellationToken).ConfigureAwait(false);
        task.Withdraw(scope.Now);
        scope.Record(caller, AuditAct.TaskWithdrawn, task.CaseNumber, task.Number, details: new Dictionary<string, object?> { ["code"] = "superseded" });
    }
}
