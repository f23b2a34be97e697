using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What became of sending again.</summary>
public enum ReplayOutcome
{
    /// <summary>It is tried again at once, under the same id.</summary>
    Replayed,

    /// <summary>It has not failed.</summary>
    NotFailed,

    /// <summary>No such delivery.</summary>
    NotFound,
}

/// <summary>Sends a delivery again that failed for good: same address, same body, same id, a fresh count of tries.</summary>
[Requires(Permission.ReplayDeliveries)]
public sealed class ReplayDelivery(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Puts it back in line.</summary>
    public async Task<ReplayOutcome> RunAsync(Caller caller, Guid deliveryId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReplayDelivery>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                EnforcementAction? row = await scope.Db.Set<EnforcementAction>().SingleOrDefaultAsync(action => action.Id == deliveryId, token).ConfigureAwait(false);
                if (row is null or { State: not EnforcementState.Failed })
                {
                    return row is null ? ReplayOutcome.NotFound : ReplayOutcome.NotFailed;
                }

                row.Replay(scope.Now);
                scope.Record(caller, AuditAct.ActionReplayed, row.CaseNumber, subject: row.Id.ToString());
                scope.Publish(LiveKind.DeliveryChanged, row.CaseNumber, state: row.State.ToString());
                return ReplayOutcome.Replayed;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
