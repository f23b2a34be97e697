using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Media;

/// <summary>Lets others fetch and draw what a dead node had begun.</summary>
internal sealed class HeldMedia : IDeadNodeHeir
{
    public async Task LetGoAsync(WriteScope scope, Guid node, CancellationToken cancellationToken)
    {
        List<MediaObject> held = await scope.Db.Set<MediaObject>()
            .Where(row => row.HeldBy == node && (row.State == MediaState.Pending || row.Ladder == LadderState.Waiting))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (MediaObject row in held)
        {
            row.HeldBy = null;
            row.NextAttemptAt = scope.Now;
        }
    }
}
