using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Counts of queues are counted from the rows that wait, never kept, so they cannot drift. This keeps those rows themselves
/// true to the tasks: one that is missing is put back, or nobody would ever be offered its task, and one too many goes.
/// </summary>
public sealed partial class MendQueues(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, NodeDuties nodes, TimeProvider clock, ILogger<MendQueues> log)
    : PeriodicWork(TimeSpan.FromMinutes(1), nodes, clock, log)
{
    private const int BatchSize = 100;

    private readonly ILogger<MendQueues> _log = log;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken) => await MendAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Looks once and returns how many rows were mended.</summary>
    public async Task<int> MendAsync(CancellationToken cancellationToken)
    {
        List<long> suspects;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            suspects = await Missing(db).Select(task => task.Number).Take(BatchSize).ToListAsync(cancellationToken).ConfigureAwait(false);
            suspects.AddRange(await TooMany(db).Select(row => row.TaskNumber).Take(BatchSize).ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        int mended = 0;
        foreach (long number in suspects)
        {
            mended += await writes.RunAsync((scope, token) => MendAsync(scope, number, token), cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        if (mended > 0)
        {
            LogMended(mended);
        }

        return mended;
    }

    // Only open cases have tasks that wait, so history is not looked through.
    private static IQueryable<ReviewTask> Missing(ConsoleDbContext db) =>
        from about in db.Set<Case>()
        join task in db.Set<ReviewTask>() on about.Number equals task.CaseNumber
        where about.State == CaseState.Open && task.State == TaskState.Waiting && !db.Set<WaitingTask>().Any(row => row.TaskNumber == task.Number)
        orderby task.Number
        select task;

    private static IQueryable<WaitingTask> TooMany(ConsoleDbContext db) =>
        from row in db.Set<WaitingTask>()
        join task in db.Set<ReviewTask>() on row.TaskNumber equals task.Number
        where task.State != TaskState.Waiting || task.QueueId != row.QueueId
        orderby row.TaskNumber
        select row;

    // Looked at again inside the write: what was amiss may have been a write under way.
    private static async Task<bool> MendAsync(WriteScope scope, long number, CancellationToken cancellationToken)
    {
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
        WaitingTask? row = await scope.Db.Set<WaitingTask>().SingleOrDefaultAsync(row => row.TaskNumber == number, cancellationToken).ConfigureAwait(false);
        if (task.State == TaskState.Waiting && row is null)
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(about => about.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
            TaskBoard.Wait(scope, task, about);
            return true;
        }

        if (row is null || (task.State == TaskState.Waiting && task.QueueId == row.QueueId))
        {
            return false;
        }

        if (task.State == TaskState.Waiting)
        {
            row.QueueId = task.QueueId;
        }
        else
        {
            scope.Db.Remove(row);
        }

        scope.Publish(LiveKind.QueueChanged, taskNumber: number, queueId: task.QueueId);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} rows of waiting tasks did not fit their tasks and were mended")]
    private partial void LogMended(int count);
}
