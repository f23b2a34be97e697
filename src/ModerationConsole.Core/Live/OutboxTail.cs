using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Live;

/// <summary>
/// Follows the outbox by sequence and feeds what is new into <see cref="CaseFeed"/>. Woken by this node's own commits, on
/// PostgreSQL by those of other nodes too, and by a poll for whatever woke nobody.
/// </summary>
public sealed partial class OutboxTail : BackgroundService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    // Where one commit follows the other, one read takes what several brought. The first after a silence is read at once.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_quietPoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_listeningPoll = TimeSpan.FromSeconds(2);

    private readonly IDbContextFactory<ConsoleDbContext> _contexts;
    private readonly CaseFeed _feed;
    private readonly OutboxSignal _signal;
    private readonly OutboxListener _listener;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutboxTail> _log;
    private readonly OutboxCursor _cursor;

    /// <summary>The tail of this node.</summary>
    public OutboxTail(
        IDbContextFactory<ConsoleDbContext> contexts, CaseFeed feed, OutboxSignal signal, OutboxListener listener, DatabaseOptions options,
        TimeProvider clock, ILogger<OutboxTail> log)
    {
        (_contexts, _feed, _signal, _listener, _clock, _log) = (contexts, feed, signal, listener, clock, log);
        _cursor = new OutboxCursor(options.Provider, clock);
    }

    /// <summary>Reads what is new and hands it on. The first time it only notes where the outbox ends.</summary>
    /// <returns>Whether anything was new.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            bool any = false;
            while (true)
            {
                OutboxRead read = await _cursor.ReadAsync(db, cancellationToken).ConfigureAwait(false);
                if (read.Missed)
                {
                    LogMissed();
                    _feed.PublishMissed(_clock.Now());
                }
                else if (read.Events.Count > 0)
                {
                    _feed.Publish(read.Events);
                }

                any |= read.Missed || read.Events.Count > 0;
                if (!read.More)
                {
                    return any;
                }
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long lastNews = _clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(stoppingToken).ConfigureAwait(false))
                {
                    lastNews = _clock.GetTimestamp();
                }

                long read = Stopwatch.GetTimestamp();
                await _signal.WaitAsync(Poll(_clock.GetElapsedTime(lastNews)), _clock, stoppingToken).ConfigureAwait(false);
                if (s_gather - Stopwatch.GetElapsedTime(read) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early, stoppingToken).ConfigureAwait(false);
                }
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
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // What was passed over may commit at any moment and wakes nobody who has heard of it already.
    private TimeSpan Poll(TimeSpan quiet) =>
        _cursor.Gaps > 0 ? s_poll
        : _listener.IsListening ? s_listeningPoll
        : quiet < TimeSpan.FromSeconds(10) ? s_poll
        : s_quietPoll;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be read ({Error}); trying again")]
    private partial void LogFault(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This node fell too far behind the others; everything that is open on it is read anew")]
    private partial void LogMissed();
}

/// <summary>Wakes the tail after a commit of this node.</summary>
public sealed class OutboxSignal : CommitSignal;
