using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Routing;

/// <summary>Reads the routing table.</summary>
[Requires(Permission.ManageQueues)]
public sealed class ListRouting(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The table as it stands.</summary>
    public async Task<RoutingTable> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListRouting>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await RoutingTable.ReadAsync(db, cancellationToken).ConfigureAwait(false);
        }
    }
}
