using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of giving a task back.</summary>
public enum ReleaseOutcome
{
    Released,

    /// <summary>The task is not in the person's hands, or no longer under that number.</summary>
    NotYours,
}

/// <summary>
/// A person gives a task back: skip, "stop this case" and plain giving back. Skip, stop and break leave the
/// same trace to the letter, what was drawn ahead included, so that nobody can tell one from the other.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class ReleaseTask(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Ends the caller's lease; the task waits again.</summary>
    /// <param name="exclude">True for skip and stop: the caller, and nobody else, is not offered the task again.</param>
    public async Task<ReleaseOutcome> RunAsync(Caller caller, long taskNumber, long fence, bool exclude, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReleaseTask>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                if (await scope.HeldAsync(caller.Id, taskNumber, fence, token).ConfigureAwait(false) is not var (lease, _))
                {
                    return ReleaseOutcome.NotYours;
                }

                if (exclude)
                {
                    await scope.ExcludeAsync(taskNumber, caller.Id, token).ConfigureAwait(false);
                    await scope.ExcludeStackAsync(lease, token).ConfigureAwait(false);
                }

                if (exclude && lease.Slot == LeaseSlot.Shown)
                {
                    // A break gives back the spare with the task on the screen; a skip that kept it would be known by it.
                    await scope.ReleaseAllOfAsync(caller, caller.Id, LeaseEnd.Released, token).ConfigureAwait(false);
                }
                else
                {
                    await scope.EndLeaseAsync(caller, lease, LeaseEnd.Released, token).ConfigureAwait(false);
                }

                return ReleaseOutcome.Released;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
