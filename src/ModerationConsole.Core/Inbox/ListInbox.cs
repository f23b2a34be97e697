using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Inbox;

/// <summary>What needs the caller: what is due first, then what came last.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListInbox(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, InboxReader reader, TimeProvider clock) : IUseCase
{
    /// <summary>Lists it.</summary>
    public async Task<IReadOnlyList<InboxEntry>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListInbox>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await reader.ReadAsync(db, caller.Id, permissions, clock.Now(), cancellationToken).ConfigureAwait(false);
        }
    }
}
