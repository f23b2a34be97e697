using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>A key as people see it.</summary>
/// <param name="Prefix">First characters of the key, to tell keys apart.</param>
/// <param name="LastUsedAt">To the minute, UTC.</param>
/// <param name="ExpiresAt">From when on it opens nothing, UTC; null for never.</param>
/// <param name="RequestsPerSecond">Null for what every key may.</param>
/// <param name="Networks">Where it may come from; empty for anywhere.</param>
/// <param name="LineId">The newest key of its line: the one that took its place, and so on.</param>
public sealed record KeyLine(
    Guid Id, string Name, string Prefix, IReadOnlySet<Permission> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt,
    DateTimeOffset? ExpiresAt, int? RequestsPerSecond, string Networks, Guid? SuccessorId, Guid LineId)
{
    /// <summary>Whether it opens nothing any more.</summary>
    public bool IsOver(DateTimeOffset now) => RevokedAt is not null || ExpiresAt <= now;

    /// <summary>Whether another took its place.</summary>
    public bool IsReplaced => SuccessorId is not null;
}

/// <summary>Lists the keys of programs, those that are over too: the line with the newest key first, and in each line the newest first.</summary>
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
            Dictionary<Guid, ApiKey> keys = await db.Set<ApiKey>().AsNoTracking().ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
            return
            [
                .. keys.Values.Select(row => (Row: row, Newest: NewestOf(row)))
                    .OrderByDescending(key => key.Newest.CreatedAt).ThenByDescending(key => key.Newest.Id).ThenByDescending(key => key.Row.CreatedAt)
                    .Select(key => Line(key.Row, key.Newest.Id)),
            ];

            ApiKey NewestOf(ApiKey key)
            {
                while (key.SuccessorId is { } id && keys.TryGetValue(id, out ApiKey? next))
                {
                    key = next;
                }

                return key;
            }
        }
    }

    private static KeyLine Line(ApiKey row, Guid newest) => new(
        row.Id, row.Name, row.Prefix, ApiKeys.Read(row.Scopes), row.CreatedAt, row.LastUsedAt, row.RevokedAt,
        row.ExpiresAt, row.RequestsPerSecond, row.Networks, row.SuccessorId, newest);
}
