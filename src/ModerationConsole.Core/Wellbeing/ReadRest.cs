using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Whether the caller rests. There is no way to ask it of anybody else.</summary>
[Requires(Permission.KeepOwnShift)]
public sealed class ReadRest(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads the caller's own rest.</summary>
    public async Task<RestState> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadRest>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return RestState.Of(await db.Set<Rest>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.PersonId == caller.Id, cancellationToken).ConfigureAwait(false));
        }
    }
}
