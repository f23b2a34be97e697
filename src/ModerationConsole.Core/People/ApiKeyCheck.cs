using System.Net;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Tells what a program's key still opens, for connections that outlive the request that presented it.</summary>
public sealed class ApiKeyCheck(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock)
{
    /// <summary>The key's scopes as they are now; none once it is over, or is not for that address any more.</summary>
    public async Task<IReadOnlySet<Permission>> ScopesOfAsync(Guid keyId, IPAddress? from, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            ApiKey? key = await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == keyId, cancellationToken).ConfigureAwait(false);
            return ApiKeys.Read(key is null || key.IsOver(clock.Now()) || !KeyNetworks.Allow(key.Networks, from) ? "" : key.Scopes);
        }
    }
}
