using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>Cases with notes that the caller was sent, newest first. Nobody else's are ever listed or counted.</summary>
[Requires(Permission.ReviewCases)]
public sealed class ListReceivedCoaching(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists a part of them.</summary>
    /// <param name="after">The last note of the part before; null for the newest.</param>
    public async Task<CoachingNotes> RunAsync(Caller caller, Guid? after, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListReceivedCoaching>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.CoachingPageAsync(caller.Id, sent: false, after, cancellationToken).ConfigureAwait(false);
        }
    }
}
