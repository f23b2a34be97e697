using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A task that a person gave back a moment ago and may take back.</summary>
/// <param name="Until">Until when, UTC.</param>
public sealed record GivenBack(long TaskNumber, long Fence, DateTimeOffset Until);

/// <summary>
/// Finds the task that the caller gave back a moment ago, for a desk that was opened again since. However it was given back, the
/// answer is the same, and only the caller gets it.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class FindGivenBack(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>The task; null where there is none that still waits.</summary>
    public async Task<GivenBack?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<FindGivenBack>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset earliest = clock.Now() - TakeTaskBack.Window;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // What was drawn ahead went back with it, but without an exclusion; what was shown as the same was taken after it.
            var last = await (
                from record in db.Set<LeaseRecord>().AsNoTracking()
                join task in db.Set<ReviewTask>() on record.TaskNumber equals task.Number
                where record.PersonId == caller.Id && record.End == LeaseEnd.Released && record.EndedAt >= earliest
                    && task.State == TaskState.Waiting && task.Fence == record.Fence
                    && db.Set<TaskExclusion>().Any(not => not.TaskNumber == record.TaskNumber && not.PersonId == caller.Id)
                    // Sent elsewhere on purpose is no mistake.
                    && !db.Set<CaseEvent>().Any(happened => happened.CaseNumber == task.CaseNumber && happened.Kind == CaseEventKind.Moved && happened.At >= record.EndedAt)
                orderby record.EndedAt descending, record.TakenAt, record.TaskNumber
                select new { record.TaskNumber, record.Fence, record.EndedAt }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return last is null ? null : new GivenBack(last.TaskNumber, last.Fence, last.EndedAt + TakeTaskBack.Window);
        }
    }
}
