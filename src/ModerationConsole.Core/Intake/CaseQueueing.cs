using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Intake;

/// <summary>Puts cases into the queues that routing says.</summary>
internal static class CaseQueueing
{
    /// <summary>Gives each case its first task.</summary>
    public static async Task QueueAsync(this WriteScope scope, Caller caller, IEnumerable<Case> cases, CancellationToken cancellationToken)
    {
        CaseQueue queue = await scope.Db.Set<CaseQueue>().OrderByDescending(row => row.IsDefault).FirstAsync(cancellationToken).ConfigureAwait(false);
        foreach (Case about in cases)
        {
            await scope.QueueTaskAsync(caller, about, TaskKind.First, queue, 50, Instant.Never, cancellationToken).ConfigureAwait(false);
        }
    }
}
