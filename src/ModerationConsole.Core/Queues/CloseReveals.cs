using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Queues;

/// <summary>
/// Notes the end of reveals that no page ended: their task left the screen, or their time ran out. The route has refused them
/// since that moment; this is the record of it.
/// </summary>
public sealed class CloseReveals(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IMediaShowing showing, NodeDuties nodes, TimeProvider clock, ILogger<CloseReveals> log)
    : PeriodicWork(TimeSpan.FromSeconds(1), nodes, clock, log)
{
    // A write that began a while ago may still commit a reveal of then.
    private static readonly TimeSpan s_lateCommits = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock = clock;
    private DateTimeOffset _closedBefore = DateTimeOffset.UnixEpoch;

    /// <summary>Ends every reveal that is over.</summary>
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        DateTimeOffset oldestOpen = now;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<MediaReveal> open = await db.Set<MediaReveal>().AsNoTracking()
                // The first says nothing that the second does not, but has an index.
                .Where(row => row.ExpiresAt >= _closedBefore && row.RevealedAt >= _closedBefore && !db.Set<MediaRevealEnd>().Any(end => end.RevealId == row.Id))
                .OrderBy(row => row.RevealedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (MediaReveal reveal in open)
            {
                // Reading first: what is still looked at costs no write.
                if (await MediaReveals.EndOfAsync(db, reveal, showing, now, null, cancellationToken).ConfigureAwait(false) is null)
                {
                    oldestOpen = reveal.RevealedAt < oldestOpen ? reveal.RevealedAt : oldestOpen;
                    continue;
                }

                await writes.RunAsync((scope, cancel) => scope.EndRevealAsync(Caller.System, reveal, showing, null, cancel), cancellationToken).ConfigureAwait(false);
            }
        }

        _closedBefore = oldestOpen - s_lateCommits;
    }
}
