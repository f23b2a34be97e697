using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Lets others send what a dead node was sending, under the same ids.</summary>
internal sealed class HeldDeliveries : IDeadNodeHeir
{
    public async Task LetGoAsync(WriteScope scope, Guid node, CancellationToken cancellationToken)
    {
        List<EnforcementAction> held = await scope.Db.Set<EnforcementAction>()
            .Where(row => row.State == EnforcementState.Delivering && row.HeldBy == node).ToListAsync(cancellationToken).ConfigureAwait(false);
        held.ForEach(row => row.LetGo(scope.Now));
    }
}
