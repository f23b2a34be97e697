using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Coaching;

/// <summary>Cases with notes that the caller sent, with whether they were read, newest first. Nobody else's are ever listed or counted.</summary>
[Requires(Permission.RunQuality)]
public sealed class ListSentCoaching(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists a part of them.</summary>
    /// <param name="after">The last note of the part before; null for the newest.</param>
    public async Task<CoachingNotes> RunAsync(Caller caller, Guid? after, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListSentCoaching>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.CoachingPageAsync(caller.Id, sent: true, after, cancellationToken).ConfigureAwait(false);
        }
    }
}
