using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations;

/// <summary>
/// Gives questions to every expert that were put to one person or one area, when their time is over or nobody of those is there.
/// Nothing says which of the two it was.
/// </summary>
public sealed class EndAddressing(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, EscalationAddressees addressees, NodeDuties nodes, TimeProvider clock, ILogger<EndAddressing> log)
    : PeriodicWork(TimeSpan.FromSeconds(5), nodes, clock, log)
{
    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        HashSet<long> held;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            held = [.. await db.Set<Escalation>().Where(row => row.AreaUntil != null).Select(row => row.ExpertTask).ToListAsync(cancellationToken).ConfigureAwait(false)];
            held.UnionWith(await (
                from meant in db.Set<TaskReservation>()
                join asked in db.Set<Escalation>() on meant.TaskNumber equals asked.ExpertTask
                where asked.AskedOf == meant.PersonId
                select asked.ExpertTask).ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        foreach (long task in held)
        {
            await writes.RunAsync((scope, token) => EndAsync(scope, task, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> EndAsync(WriteScope scope, long taskNumber, CancellationToken cancellationToken)
    {
        Escalation asked = await scope.Db.Set<Escalation>().SingleAsync(row => row.ExpertTask == taskNumber, cancellationToken).ConfigureAwait(false);
        WaitingTask? waiting = await scope.Db.Set<WaitingTask>().AsNoTracking().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false);
        if (waiting is not null && await MayWaitAsync(scope, asked, waiting, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        asked.AreaUntil = null;
        await scope.Db.Set<TaskReservation>().Where(row => row.TaskNumber == taskNumber && row.PersonId == asked.AskedOf).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        if (waiting is not null)
        {
            scope.Publish(LiveKind.CaseQueued, waiting.CaseNumber, taskNumber, waiting.QueueId, childSafety: waiting.Sensitivity == Sensitivity.ChildSafety);
        }

        return true;
    }

    private async Task<bool> MayWaitAsync(WriteScope scope, Escalation asked, WaitingTask waiting, CancellationToken cancellationToken)
    {
        Case about = await scope.Db.Set<Case>().AsNoTracking().SingleAsync(row => row.Number == asked.CaseNumber, cancellationToken).ConfigureAwait(false);
        if (asked.AskedOf is { } person)
        {
            // Its time is ended where every reservation's is.
            return await addressees.IsThereAsync(scope, person, waiting.QueueId, about, cancellationToken).ConfigureAwait(false);
        }

        List<Guid> without = await scope.Db.Set<TaskExclusion>().Where(row => row.TaskNumber == asked.ExpertTask).Select(row => row.PersonId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return asked.AreaUntil > scope.Now
            && await addressees.AnyoneIsThereAsync(scope, asked.AreaId!, waiting.QueueId, about, without, cancellationToken).ConfigureAwait(false);
    }
}
