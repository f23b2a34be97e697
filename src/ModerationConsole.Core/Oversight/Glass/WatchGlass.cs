using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.People.Glass;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>
/// Tells open pages and the audit once the time of what someone took is over. It opens nothing from that moment on by itself,
/// whether or not this runs.
/// </summary>
public sealed class WatchGlass(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, NodeDuties nodes, TimeProvider clock, ILogger<WatchGlass> log)
    : PeriodicWork(TimeSpan.FromSeconds(10), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        List<Guid> over;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            over = await db.Set<GlassBreak>().Where(row => row.EndedAt == null && row.EndsAt <= now).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(over, id => writes.RunAsync((scope, cancel) => EndAsync(scope, id, cancel), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> EndAsync(WriteScope scope, Guid id, CancellationToken cancellationToken)
    {
        GlassBreak? glass = await scope.Db.Set<GlassBreak>().SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancellationToken).ConfigureAwait(false);
        if (glass is not null)
        {
            await scope.EndAsync(Caller.System, glass, glass.EndsAt, guard, cancellationToken).ConfigureAwait(false);
        }

        return glass is not null;
    }
}
