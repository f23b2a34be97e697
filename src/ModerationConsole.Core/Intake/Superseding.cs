using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Intake;

/// <summary>
/// Takes back what waits for an older version of an item, once a newer one is there to be judged. Some cases stay: child
/// safety, because what was there must be reported even if it was edited away; those that somebody complained about or gave
/// notice of, because an edit is no answer to that; and those an expert was asked about.
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
        List<long> reported = await scope.Db.Set<Report>().Where(row => numbers.Contains(row.CaseNumber))
            .Select(row => row.CaseNumber).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Case about in candidates.Where(about => !about.Noticed && !reported.Contains(about.Number) && !tasks[about.Number].Any(task => task.Kind is TaskKind.Expert or TaskKind.Appeal)))
        {
            foreach (ReviewTask task in tasks[about.Number].Where(task => task.ChangesCase))
            {
                await scope.WithdrawTaskAsync(caller, task, cancellationToken).ConfigureAwait(false);
            }

            about.Close(scope.Now);
            scope.Tell(about, CaseEventKind.Withdrawn, text: "superseded");
            scope.Record(caller, AuditAct.CaseWithdrawn, about.Number, details: new Dictionary<string, object?> { ["code"] = "superseded" });
            scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString());
        }
    }
}
