using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>
/// Whether someone may see a past decision of a trial at the moment: only what is there for them, never child safety, and nothing that
/// they would not be offered as work.
/// </summary>
public sealed class TrialSight(IUnseenCases unseen, OfferRules offers)
{
    /// <summary>Whether the case may be shown to the caller, and judged by them.</summary>
    internal async Task<bool> MaySeeAsync(
        ReadAhead reads, Caller caller, IReadOnlySet<Permission> permissions, long number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = reads.Db;
        if (!await db.IsThereAsync(caller, number, permissions, unseen, cancellationToken).ConfigureAwait(false)
            || !await db.Set<Case>().MayMeasure().AnyAsync(about => about.Number == number, cancellationToken).ConfigureAwait(false)
            || !await offers.MayWorkAsync(reads, caller.Id, now, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        OfferBar bar = await offers.BarAsync(reads, caller.Id, now, cancellationToken).ConfigureAwait(false);
        return bar.IsNone || !await bar.Cases(db).AnyAsync(barred => barred == number, cancellationToken).ConfigureAwait(false);
    }
}
