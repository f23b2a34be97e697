using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Counts what is on its way to the platform in a state.</summary>
[Requires(Permission.ViewDeliveries)]
public sealed class CountDeliveries(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>How many deliveries are in <paramref name="state"/>.</summary>
    public async Task<int> RunAsync(Caller caller, EnforcementState state, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CountDeliveries>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<EnforcementAction>().CountAsync(row => row.State == state, cancellationToken).ConfigureAwait(false);
        }
    }
}
