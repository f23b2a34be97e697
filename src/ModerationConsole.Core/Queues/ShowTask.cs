using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of showing a task that was drawn ahead.</summary>
public enum ShowOutcome
{
    Shown,

    /// <summary>The task is not in the person's hands, or no longer under that number.</summary>
    NotYours,

    /// <summary>Another task is on the screen; it must be settled first.</summary>
    ScreenTaken,

    /// <summary>It may no longer be offered to the person and went back to its queue.</summary>
    WentBack,
}

/// <summary>Outcome of showing, and the task if it is shown.</summary>
public sealed record ShowResult(ShowOutcome Outcome, LeasedTask? Task = null);

/// <summary>Puts a task that was drawn ahead on the screen; whether the person may have it is asked again.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ShowTask(WritePath writes, IAccessGuard guard, OfferRules offers, IOptions<LeaseOptions> options) : IUseCase
{
    /// <summary>Shows the caller's task.</summary>
    public async Task<ShowResult> RunAsync(Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ShowTask>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, token) => ShowAsync(scope, caller, permissions, taskNumber, fence, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ShowResult> ShowAsync(
        WriteScope scope, Caller caller, IReadOnlySet<Permission> permissions, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, taskNumber, fence, cancellationToken).ConfigureAwait(false) is not var (lease, task))
        {
            return new ShowResult(ShowOutcome.NotYours);
        }

        if (lease.Slot == LeaseSlot.Shown)
        {
            lease.ShownAt ??= scope.Now;
            return new ShowResult(ShowOutcome.Shown, LeasedTask.Of(lease, task));
        }

        if (await scope.Db.Set<ActiveLease>().AnyAsync(row => row.PersonId == caller.Id && row.Slot == LeaseSlot.Shown, cancellationToken).ConfigureAwait(false))
        {
            return new ShowResult(ShowOutcome.ScreenTaken);
        }

        Reviewer? person = await Reviewer.FindAsync(scope.Reads, caller.Id, permissions, cancellationToken).ConfigureAwait(false);
        if (person is null
            || !await offers.MayWorkAsync(scope.Reads, person.Id, scope.Now, cancellationToken).ConfigureAwait(false)
            || !await offers.StillMayTakeAsync(scope, person, task, cancellationToken).ConfigureAwait(false))
        {
            await scope.EndLeaseAsync(caller, lease, LeaseEnd.Released, cancellationToken).ConfigureAwait(false);
            return new ShowResult(ShowOutcome.WentBack);
        }

        lease.Show(scope.Now, options.Value);
        return new ShowResult(ShowOutcome.Shown, LeasedTask.Of(lease, task));
    }
}
