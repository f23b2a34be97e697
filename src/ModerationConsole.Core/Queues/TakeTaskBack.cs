using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of taking back a task that was given back by mistake.</summary>
public enum TakeBackOutcome
{
    Taken,

    /// <summary>It was given back longer ago than <see cref="TakeTaskBack.Window"/>, or not by this person.</summary>
    TooLate,

    /// <summary>Someone else has it, or it does not wait any more.</summary>
    Gone,

    /// <summary>Another task is on the screen; it must be settled first.</summary>
    ScreenTaken,

    /// <summary>It may no longer be offered to the person.</summary>
    NotOffered,
}

/// <summary>Outcome of taking back, and the task if it is on the screen again.</summary>
public sealed record TakeBackResult(TakeBackOutcome Outcome, LeasedTask? Task = null);

/// <summary>
/// A person takes back the task that they gave back a moment ago, if it still waits. It is a claim like any other: the same
/// rules are asked and the same trace is left, and it makes no difference how the task was given back.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class TakeTaskBack(
    WritePath writes, IAccessGuard guard, OfferRules offers, IOptions<LeaseOptions> options) : IUseCase
{
    /// <summary>How long after giving it back.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>Puts the task on the caller's screen again.</summary>
    /// <param name="fence">The fencing number under which the caller gave it back.</param>
    public async Task<TakeBackResult> RunAsync(Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<TakeTaskBack>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            (scope, token) => TakeAsync(scope, caller, permissions, taskNumber, fence, token), cancellationToken, ClaimLane.Lane).ConfigureAwait(false);
    }

    private async Task<TakeBackResult> TakeAsync(
        WriteScope scope, Caller caller, IReadOnlySet<Permission> permissions, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        DateTimeOffset earliest = scope.Now - Window;
        if (!await scope.Db.Set<LeaseRecord>().AnyAsync(
            row => row.TaskNumber == taskNumber && row.Fence == fence && row.PersonId == caller.Id && row.End == LeaseEnd.Released && row.EndedAt >= earliest,
            cancellationToken).ConfigureAwait(false))
        {
            return new TakeBackResult(TakeBackOutcome.TooLate);
        }

        WaitingTask? waiting = await scope.Db.Set<WaitingTask>().AsNoTracking().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == taskNumber, cancellationToken).ConfigureAwait(false);
        if (waiting is null || task.Fence != fence
            || (task.ChangesCase && await scope.Db.Set<ActiveLease>().AnyAsync(row => row.ExclusiveKey == task.CaseNumber, cancellationToken).ConfigureAwait(false)))
        {
            return new TakeBackResult(TakeBackOutcome.Gone);
        }

        if (await scope.Db.Set<ActiveLease>().AnyAsync(row => row.PersonId == caller.Id && row.Slot == LeaseSlot.Shown, cancellationToken).ConfigureAwait(false))
        {
            return new TakeBackResult(TakeBackOutcome.ScreenTaken);
        }

        scope.Db.RemoveRange(await scope.Db.Set<TaskExclusion>()
            .Where(row => row.TaskNumber == taskNumber && row.PersonId == caller.Id).ToListAsync(cancellationToken).ConfigureAwait(false));
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        Reviewer? person = await Reviewer.FindAsync(scope.Reads, caller.Id, permissions, cancellationToken).ConfigureAwait(false);
        if (person is null
            || !await offers.MayWorkAsync(scope.Reads, person.Id, scope.Now, cancellationToken).ConfigureAwait(false)
            || !await offers.StillMayTakeAsync(scope, person, task, cancellationToken).ConfigureAwait(false))
        {
            scope.Discard();
            return new TakeBackResult(TakeBackOutcome.NotOffered);
        }

        if (await scope.Db.TakeFirstAsync([waiting], cancellationToken).ConfigureAwait(false) is null)
        {
            scope.Discard();
            return new TakeBackResult(TakeBackOutcome.Gone);
        }

        return new TakeBackResult(
            TakeBackOutcome.Taken, LeasedTask.Of(scope.AddLease(caller, task, task.Lease(), person.Id, LeaseSlot.Shown, options.Value), task));
    }
}
