using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Intake.Arrivals;

/// <summary>How much was promised and is not taken in.</summary>
/// <param name="Waiting">Requests that wait.</param>
/// <param name="OldestWaits">How long the oldest of them has waited.</param>
/// <param name="SetAside">Requests that the console failed at.</param>
public sealed record ArrivalsWaiting(int Waiting, TimeSpan OldestWaits, int SetAside);

/// <summary>Counts promised items, for figures.</summary>
public sealed class ArrivalBacklog(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock)
{
    /// <summary>How much it is now.</summary>
    public async Task<ArrivalsWaiting> CountAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            DbSet<Arrival> arrivals = db.Set<Arrival>();
            DateTimeOffset? oldest = await arrivals.OrderBy(row => row.Number).Select(row => (DateTimeOffset?)row.At)
                .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return new ArrivalsWaiting(
                oldest is null ? 0 : await arrivals.CountAsync(cancellationToken).ConfigureAwait(false),
                oldest is { } at && clock.GetUtcNow() > at ? clock.GetUtcNow() - at : TimeSpan.Zero,
                await SetAsideAsync(db, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>How many requests the console failed at.</summary>
    public async Task<int> SetAsideAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await SetAsideAsync(db, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<int> SetAsideAsync(ConsoleDbContext db, CancellationToken cancellationToken) => db.Set<SetAsideArrival>().CountAsync(cancellationToken);
}
