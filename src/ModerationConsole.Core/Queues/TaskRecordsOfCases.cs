using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Queues;

/// <summary>Tasks of cases with what is kept of their leases.</summary>
internal sealed class TaskRecordsOfCases : ICaseRecords
{
    public int Floor => 6;

    public async Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = scope.Db;
        List<long> tasks = await db.Set<ReviewTask>().Where(row => cases.Contains(row.CaseNumber)).Select(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<WaitingTask>().Where(row => tasks.Contains(row.TaskNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<ActiveLease>().Where(row => tasks.Contains(row.TaskNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<LeaseRecord>().Where(row => tasks.Contains(row.TaskNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<TaskExclusion>().Where(row => tasks.Contains(row.TaskNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<TaskReservation>().Where(row => tasks.Contains(row.TaskNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<StrandedTask>().Where(row => tasks.Contains(row.TaskNumber)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await db.Set<ReviewTask>().Where(row => tasks.Contains(row.Number)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    // Tasks hold nothing that users wrote.
    public Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken) => Task.CompletedTask;
}
