using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Live;

/// <summary>Follows the outbox by sequence and feeds what is new into <see cref="CaseFeed"/>. Woken by this node's own commits, and by a short poll for those of others.</summary>
public sealed partial class OutboxTail(
    IDbContextFactory<ConsoleDbContext> contexts, CaseFeed feed, OutboxSignal signal, TimeProvider clock, ILogger<OutboxTail> log) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? seen = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                seen = await ReadOnceAsync(seen, stoppingToken).ConfigureAwait(false);
                await signal.WaitAsync(s_poll, clock, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be gone for a while; the tail goes on where it stood
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<long?> ReadOnceAsync(long? seen, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (seen is null)
            {
                return await db.Set<OutboxEvent>().MaxAsync(row => (long?)row.Sequence, cancellationToken).ConfigureAwait(false) ?? 0;
            }

            while (true)
            {
                List<OutboxEvent> batch = await db.Set<OutboxEvent>().AsNoTracking()
                    .Where(row => row.Sequence > seen).OrderBy(row => row.Sequence).Take(BatchSize)
                    .ToListAsync(cancellationToken).ConfigureAwait(false);
                if (batch.Count > 0)
                {
                    seen = batch[^1].Sequence;
                    feed.Publish(batch);
                }

                if (batch.Count < BatchSize)
                {
                    return seen;
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be read ({Error}); trying again")]
    private partial void LogFault(string error);
}

/// <summary>Wakes the tail after a commit of this node.</summary>
public sealed class OutboxSignal : CommitSignal;
