using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Stops a batch half-way, or withdraws one that waits for a second person. What was done stands until it is taken back; nothing more is done.</summary>
[Requires(Permission.ActInBulk)]
public sealed class CancelBatch(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Stops it; false when it neither runs nor waits, or is not the caller's.</summary>
    public async Task<bool> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CancelBatch>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                BulkBatch? batch = await scope.Db.Set<BulkBatch>()
                    .SingleOrDefaultAsync(row => row.Number == number && row.PersonId == caller.Id && (row.State == BatchState.Running || row.State == BatchState.Asked), token).ConfigureAwait(false);
                if (batch is null)
                {
                    return false;
                }

                if (batch.State == BatchState.Asked)
                {
                    await scope.TellApproversAsync(token).ConfigureAwait(false);
                }

                batch.Cancel(scope.Now);
                scope.Record(caller, AuditAct.BatchCancelled, subject: batch.Id.ToString(), details: new Dictionary<string, object?> { ["batch"] = number });
                scope.Publish(LiveKind.BatchChanged, personId: batch.PersonId, state: $"{number}");
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
