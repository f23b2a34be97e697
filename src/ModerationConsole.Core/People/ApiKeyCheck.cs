using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Tells what a program's key still opens, for connections that outlive the request that presented it.</summary>
public sealed class ApiKeyCheck(IDbContextFactory<ConsoleDbContext> contexts)
{
    /// <summary>The key's scopes as they are now; none once it is revoked.</summary>
    public async Task<IReadOnlySet<Permission>> ScopesOfAsync(Guid keyId, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            string? scopes = await db.Set<ApiKey>().Where(row => row.Id == keyId && row.RevokedAt == null).Select(row => row.Scopes)
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return ApiKeys.Read(scopes ?? "");
        }
    }
}
