using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Where a task is that a desk had on its screen.</summary>
public enum TaskFate
{
    /// <summary>Still in the caller's hands under that number.</summary>
    StillYours,

    /// <summary>The caller decided it, in another window.</summary>
    DecidedByYou,

    /// <summary>It waits again, or someone else has it or has decided it.</summary>
    WentBack,

    /// <summary>Nothing is left to judge: gone at source, or superseded.</summary>
    Withdrawn,
}

/// <summary>Says what became of a task that left a desk, so that the desk can explain it.</summary>
[Requires(Permission.ReviewCases)]
public sealed class GetTaskFate(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>Answers for a task that the caller held under a fencing number.</summary>
    public async Task<TaskFate> RunAsync(Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetTaskFate>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (await db.Set<ActiveLease>().AnyAsync(
                row => row.TaskNumber == taskNumber && row.PersonId == caller.Id && row.Fence == fence && row.ExpiresAt >= now,
                cancellationToken).ConfigureAwait(false))
            {
                return TaskFate.StillYours;
            }

            // Someone who never held it learns nothing more than that it is not theirs.
            LeaseEnd? end = await db.Set<LeaseRecord>().Where(row => row.TaskNumber == taskNumber && row.PersonId == caller.Id && row.Fence == fence)
                .Select(row => (LeaseEnd?)row.End).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (end == LeaseEnd.Decided)
            {
                return TaskFate.DecidedByYou;
            }

            bool withdrawn = end is not null && await db.Set<ReviewTask>()
                .AnyAsync(row => row.Number == taskNumber && row.State == TaskState.Withdrawn, cancellationToken).ConfigureAwait(false);
            return withdrawn ? TaskFate.Withdrawn : TaskFate.WentBack;
        }
    }
}
