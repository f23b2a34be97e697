using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>A key as people see it.</summary>
/// <param name="Prefix">First characters of the key, to tell keys apart.</param>
/// <param name="LastUsedAt">To the minute, UTC.</param>
public sealed record KeyLine(
    Guid Id, string Name, string Prefix, IReadOnlySet<Permission> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>Lists the keys of programs, newest first, revoked ones too.</summary>
[Requires(Permission.ManageKeys)]
public sealed class ListApiKeys(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>All keys.</summary>
    public async Task<IReadOnlyList<KeyLine>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListApiKeys>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<ApiKey> keys = await db.Set<ApiKey>().AsNoTracking().OrderByDescending(row => row.CreatedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. keys.Select(row =>
                new KeyLine(row.Id, row.Name, row.Prefix, ApiKeys.Read(row.Scopes), row.CreatedAt, row.LastUsedAt, row.RevokedAt))];
        }
    }
}
