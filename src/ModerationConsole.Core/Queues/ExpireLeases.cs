using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Queues;

/// <summary>Puts tasks back whose holder showed no life: each second, on one node for all, whichever node gave them out.</summary>
public sealed class ExpireLeases(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IOptions<LeaseOptions> options, NodeDuties nodes, TimeProvider clock, ILogger<ExpireLeases> log)
    : PeriodicWork(TimeSpan.FromSeconds(1), nodes, clock, log)
{
    private const int BatchSize = 100;

    // Nodes' clocks differ a little.
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock = clock;

    /// <summary>Ends every lease that has run out.</summary>
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await ShortenAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            List<long> due = await DueAsync(cancellationToken).ConfigureAwait(false);
            foreach (long taskNumber in due)
            {
                await writes.RunAsync((scope, token) => ExpireAsync(scope, taskNumber, token), cancellationToken).ConfigureAwait(false);
            }

            if (due.Count < BatchSize)
            {
                return;
            }
        }
    }

    // When the clock was set back, what it gave before would last that much longer: none lasts longer than the settings say.
    private async Task ShortenAsync(CancellationToken cancellationToken)
    {
        TimeSpan longest = TimeSpan.FromSeconds(Math.Max(options.Value.Seconds, options.Value.GraceSeconds));
        DateTimeOffset latest = _clock.Now() + longest + s_slack;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await db.Set<ActiveLease>().AnyAsync(row => row.ExpiresAt > latest, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        await writes.RunAsync(
            async (scope, token) =>
            {
                foreach (ActiveLease lease in await scope.Db.Set<ActiveLease>().Where(row => row.ExpiresAt > latest).ToListAsync(token).ConfigureAwait(false))
                {
                    lease.ExpiresAt = scope.Now + longest;
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<long>> DueAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<ActiveLease>().Where(row => row.ExpiresAt < now).OrderBy(row => row.ExpiresAt)
                .Take(BatchSize).Select(row => row.TaskNumber).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the lease on a task if it has run out: a heartbeat, a decision or another node may have come first.</summary>
    internal static async Task<bool> ExpireAsync(WriteScope scope, long taskNumber, CancellationToken cancellationToken)
    {
        ActiveLease? lease = await scope.Db.Set<ActiveLease>().SingleOrDefaultAsync(row => row.TaskNumber == taskNumber, cancellationToken).ConfigureAwait(false);
        if (lease is null || !lease.HasExpired(scope.Now))
        {
            return false;
        }

        await scope.EndLeaseAsync(Caller.System, lease, LeaseEnd.Expired, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
