using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>Reads from the session when its person last proved who they are. Signing in is a proof.</summary>
internal sealed class RecentProof(IDbContextFactory<ConsoleDbContext> contexts, IOptions<SessionOptions> options, TimeProvider clock) : IRecentProof
{
    public async ValueTask<bool> IsFreshAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller is not { Kind: CallerKind.Person, SessionId: { } sessionId })
        {
            return true;
        }

        DateTimeOffset since = clock.Now().AddMinutes(-options.Value.StepUpMinutes);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<PersonSession>()
                .AnyAsync(row => row.Id == sessionId && row.PersonId == caller.Id && row.EndedAt == null && row.ProvedAt > since, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
