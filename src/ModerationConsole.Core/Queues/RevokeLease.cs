using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of taking a task from its holder.</summary>
public enum RevokeOutcome
{
    Revoked,

    /// <summary>Nobody holds it now.</summary>
    NotHeld,
}

/// <summary>A lead takes a task from the person who holds it; it waits in its queue again.</summary>
[Requires(Permission.ReassignTasks)]
public sealed class RevokeLease(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Ends the lease on a task, whoever holds it.</summary>
    /// <param name="forAnother">Whether the holder is not to be offered it again.</param>
    public async Task<RevokeOutcome> RunAsync(Caller caller, long taskNumber, bool forAnother, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RevokeLease>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                ActiveLease? lease = await scope.Db.Set<ActiveLease>().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, token).ConfigureAwait(false);
                if (lease is null)
                {
                    return RevokeOutcome.NotHeld;
                }

                if (forAnother)
                {
                    await scope.ExcludeAsync(taskNumber, lease.PersonId, token).ConfigureAwait(false);
                }

                await scope.EndLeaseAsync(caller, lease, LeaseEnd.Revoked, token).ConfigureAwait(false);
                return RevokeOutcome.Revoked;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
