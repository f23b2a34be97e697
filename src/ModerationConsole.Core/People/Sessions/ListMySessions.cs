using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>One of a person's own sessions.</summary>
public sealed record SessionRow(
    Guid Id, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, SessionMethod Method, string? Provider, string Browser);

/// <summary>Lists where a person is signed in: their own sessions that still stand, the newest first.</summary>
[Requires(Permission.UseConsole)]
public sealed class ListMySessions(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SessionsSeen seen, IOptions<SessionOptions> options, TimeProvider clock) : IUseCase
{
    private const int Most = 100;

    /// <summary>Reads them.</summary>
    public async Task<IReadOnlyList<SessionRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListMySessions>(caller, cancellationToken).ConfigureAwait(false);
        DateTimeOffset idleSince = clock.Now().AddMinutes(-options.Value.IdleMinutes);
        DateTimeOffset oldest = clock.Now().AddHours(-options.Value.Hours);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<SessionRow> rows = await db.Set<PersonSession>().AsNoTracking()
                .Where(row => row.PersonId == caller.Id && row.EndedAt == null && row.StartedAt > oldest)
                .OrderByDescending(row => row.StartedAt).Take(Most)
                .Select(row => new SessionRow(row.Id, row.StartedAt, row.LastSeenAt, row.Method, row.Provider, row.Browser))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row => seen.At(row.Id) is { } at && at > row.LastSeenAt ? row with { LastSeenAt = at } : row)
                .Where(row => row.LastSeenAt > idleSince)];
        }
    }
}
