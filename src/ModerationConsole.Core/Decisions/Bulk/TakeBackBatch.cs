using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>
/// Takes a whole batch back, case by case: inside the window as if it had not been, afterwards by a decision of its own. Where a
/// case went on since, what was done stands and is told.
/// </summary>
[Requires(Permission.ActInBulk)]
public sealed class TakeBackBatch(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Begins it; false when the batch is not over, was taken back before, or is not the caller's.</summary>
    public async Task<bool> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<TakeBackBatch>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                BulkBatch? batch = await scope.Db.Set<BulkBatch>()
                    .SingleOrDefaultAsync(row => row.Number == number && row.PersonId == caller.Id, token).ConfigureAwait(false);
                if (batch is not { State: BatchState.Done or BatchState.Cancelled })
                {
                    return false;
                }

                batch.TakeBack();
                scope.Publish(LiveKind.BatchChanged, personId: batch.PersonId, state: $"{number}");
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
