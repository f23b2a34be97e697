using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>How far sealing is behind.</summary>
/// <param name="Waiting">Committed entries that have no leaf yet.</param>
/// <param name="OldestWaits">How long the oldest of them has waited; zero when none does.</param>
/// <param name="IsBroken">Whether the stored tree contradicts its last head, so that nothing is sealed.</param>
public sealed record SealState(int Waiting, TimeSpan OldestWaits, bool IsBroken)
{
    /// <summary>An entry normally waits for less than a second.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>Whether someone should look.</summary>
    public bool IsWarning => IsBroken || OldestWaits > Bound;
}

/// <summary>Says how far sealing is behind.</summary>
[Requires(Permission.ViewAudit)]
public sealed class GetSealState(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SealHealth health, TimeProvider clock) : IUseCase
{
    /// <summary>The state now.</summary>
    public async Task<SealState> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetSealState>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            int waiting = await db.Set<AuditUnsealed>().CountAsync(cancellationToken).ConfigureAwait(false);
            DateTimeOffset? oldest = waiting == 0 ? null
                : await db.Set<AuditUnsealed>().MinAsync(row => (DateTimeOffset?)row.At, cancellationToken).ConfigureAwait(false);
            TimeSpan age = oldest is { } since && clock.Now() is var now && now > since ? now - since : TimeSpan.Zero;
            return new SealState(waiting, age, health.IsBroken);
        }
    }
}
