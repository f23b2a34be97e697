using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>How much media waits.</summary>
/// <param name="Stills">Objects to be fetched and given a step 0.</param>
/// <param name="Ladders">Objects whose steps 1 and 2 are to be made.</param>
/// <param name="Plain">Objects of child-safety media that are not encrypted yet.</param>
public sealed record MediaWaiting(int Stills, int Ladders, int Plain);

/// <summary>Counts what waits in the queues of media, for figures.</summary>
public sealed class MediaBacklog(IDbContextFactory<ConsoleDbContext> contexts)
{
    public async Task<MediaWaiting> CountAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var media = db.Set<MediaObject>();
            return new MediaWaiting(
                await media.CountAsync(row => row.State == MediaState.Pending, cancellationToken).ConfigureAwait(false),
                await media.CountAsync(row => row.Ladder == LadderState.Waiting, cancellationToken).ConfigureAwait(false),
                await media.CountAsync(
                    row => row.ChildSafety && row.EncryptedWith == null && row.Sha256 != null, cancellationToken).ConfigureAwait(false));
        }
    }
}
