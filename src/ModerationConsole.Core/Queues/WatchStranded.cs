using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Sees to it that every waiting task has someone who may take it. One that has nobody raises an alarm and goes to the
/// fallback queue if someone there may take it; otherwise it stays and the alarm stands.
/// </summary>
public sealed class WatchStranded(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, OfferRules rules, IEnumerable<IStrandedObserver> observers, NodeDuties nodes, TimeProvider clock,
    ILogger<WatchStranded> log)
    : PeriodicWork(TimeSpan.FromSeconds(20), nodes, clock, log)
{
    private const int BatchSize = 100;

    private readonly TimeProvider _clock = clock;

    /// <summary>Looks at all that waits, once.</summary>
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (long[] batch in (await FindAsync(cancellationToken).ConfigureAwait(false)).Chunk(BatchSize))
        {
            await writes.RunAsync((scope, token) => SettleAsync(scope, batch, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<long>> FindAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Roster roster = await Roster.ReadAsync(db, rules, _clock.Now(), cancellationToken).ConfigureAwait(false);
            Guid? fallback = await db.Set<CaseQueue>().Where(row => row.IsFallback && !row.Archived)
                .Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return await new StrandedSearch(db, roster, fallback).FindAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> SettleAsync(WriteScope scope, long[] numbers, CancellationToken cancellationToken)
    {
        Roster roster = await Roster.ReadAsync(scope.Db, rules, scope.Now, cancellationToken).ConfigureAwait(false);
        CaseQueue? fallback = await scope.FallbackQueueAsync(cancellationToken).ConfigureAwait(false);
        StrandedSearch search = new(scope.Db, roster, fallback?.Id);
        Dictionary<long, WaitingTask> waiting = await scope.Db.Set<WaitingTask>()
            .Where(row => numbers.Contains(row.TaskNumber)).ToDictionaryAsync(row => row.TaskNumber, cancellationToken).ConfigureAwait(false);
        Dictionary<long, StrandedTask> known = await scope.Db.Set<StrandedTask>()
            .Where(row => numbers.Contains(row.TaskNumber)).ToDictionaryAsync(row => row.TaskNumber, cancellationToken).ConfigureAwait(false);
        ILookup<long, Guid> excluded = (await scope.Db.Set<TaskExclusion>().AsNoTracking()
            .Where(row => numbers.Contains(row.TaskNumber)).ToListAsync(cancellationToken).ConfigureAwait(false))
            .ToLookup(row => row.TaskNumber, row => row.PersonId);
        HashSet<Guid> alarmed = [];
        foreach (long number in numbers)
        {
            WaitingTask? task = waiting.GetValueOrDefault(number);
            StrandedTask? alarm = known.GetValueOrDefault(number);
            bool stranded = task is not null && await search.IsStrandedAsync(task, excluded[number], cancellationToken).ConfigureAwait(false);
            bool rescue = stranded && await search.MayBeRescuedAsync(task!, excluded[number], cancellationToken).ConfigureAwait(false);
            if (alarm is not null && (!stranded || rescue || alarm.QueueId != task!.QueueId))
            {
                scope.Db.Remove(alarm);
                alarm = alarm.QueueId == task?.QueueId ? alarm : null;
            }

            if (stranded && alarm is null)
            {
                Raise(scope, task!, alarmed, stays: !rescue);
                foreach (IStrandedObserver observer in observers)
                {
                    await observer.StrandedAsync(scope, task!, cancellationToken).ConfigureAwait(false);
                }
            }

            if (rescue)
            {
                await RescueAsync(scope, task!, fallback!, cancellationToken).ConfigureAwait(false);
            }
        }

        return alarmed.Count;
    }

    // Names no cause and no person: who skipped, rests or lacks a language is nobody's business.
    private static void Raise(WriteScope scope, WaitingTask task, HashSet<Guid> alarmed, bool stays)
    {
        if (stays)
        {
            scope.Db.Add(new StrandedTask { TaskNumber = task.TaskNumber, QueueId = task.QueueId, Since = scope.Now });
        }

        scope.Record(Caller.System, AuditAct.TaskStranded, task.CaseNumber, task.TaskNumber, task.QueueId.ToString());
        if (alarmed.Add(task.QueueId))
        {
            scope.Publish(LiveKind.Alarm, queueId: task.QueueId, state: "stranded");
        }
    }

    private static async Task RescueAsync(WriteScope scope, WaitingTask waiting, CaseQueue fallback, CancellationToken cancellationToken)
    {
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == waiting.TaskNumber, cancellationToken).ConfigureAwait(false);
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == waiting.CaseNumber, cancellationToken).ConfigureAwait(false);
        TaskBoard.Move(scope, Caller.System, task, about, fallback);
        waiting.QueueId = fallback.Id;
        scope.Publish(LiveKind.CaseQueued, about.Number, task.Number, fallback.Id, childSafety: about.Sensitivity == Sensitivity.ChildSafety);
    }
}
