using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>Opens queues whose pause is over, and gives tasks to everyone again that waited for one person too long.</summary>
public sealed class EndPauses(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, NodeDuties nodes, TimeProvider clock, ILogger<EndPauses> log)
    : PeriodicWork(TimeSpan.FromSeconds(5), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        List<Guid> queues;
        List<long> tasks;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            queues = await db.Set<CaseQueue>().Where(row => row.PausedUntil <= now).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            tasks = await db.Set<TaskReservation>().Where(row => row.Until <= now).Select(row => row.TaskNumber).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (Guid queue in queues)
        {
            await writes.RunAsync((scope, token) => ResumeAsync(scope, queue, token), cancellationToken).ConfigureAwait(false);
        }

        foreach (long task in tasks)
        {
            await writes.RunAsync((scope, token) => ReleaseAsync(scope, task, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> ResumeAsync(WriteScope scope, Guid queueId, CancellationToken cancellationToken) =>
        await scope.Db.Set<CaseQueue>().AnyAsync(row => row.Id == queueId && row.PausedUntil <= scope.Now, cancellationToken).ConfigureAwait(false)
        && await scope.ResumeAsync(Caller.System, queueId, cancellationToken).ConfigureAwait(false);

    private static async Task<bool> ReleaseAsync(WriteScope scope, long taskNumber, CancellationToken cancellationToken)
    {
        TaskReservation? meant = await scope.Db.Set<TaskReservation>()
            .SingleOrDefaultAsync(row => row.TaskNumber == taskNumber && row.Until <= scope.Now, cancellationToken).ConfigureAwait(false);
        if (meant is null)
        {
            return false;
        }

        scope.Db.Remove(meant);
        WaitingTask? waiting = await scope.Db.Set<WaitingTask>().AsNoTracking().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false);
        if (waiting is not null)
        {
            scope.Publish(LiveKind.CaseQueued, waiting.IsExclusive ? waiting.CaseNumber : null, taskNumber, waiting.QueueId, childSafety: waiting.Sensitivity == Sensitivity.ChildSafety);
        }

        return true;
    }
}
