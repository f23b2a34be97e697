using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Sessions;

/// <summary>
/// Notes which sessions somebody uses, and stores it once a minute for all of them: a write at each click would cost more than
/// it tells. What a node that dies had not stored yet makes a session seem idle for a minute longer than it was.
/// </summary>
public sealed partial class SessionsSeen(WritePath writes, TimeProvider clock, ILogger<SessionsSeen> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    // A statement takes a bounded number of values.
    private const int AtOnce = 500;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = [];

    /// <summary>The person did something in this session now.</summary>
    public void Note(Guid sessionId) => _seen[sessionId] = clock.Now();

    /// <summary>When this node last saw it used, if that is not stored yet.</summary>
    public DateTimeOffset? At(Guid sessionId) => _seen.TryGetValue(sessionId, out DateTimeOffset at) ? at : null;

    /// <summary>Stores what was noted.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<Guid, DateTimeOffset>[] some in _seen.ToArray().Chunk(AtOnce))
        {
            Guid[] ids = [.. some.Select(pair => pair.Key)];
            DateTimeOffset at = some.Max(pair => pair.Value);
            await writes.RunAsync(
                (scope, cancel) => scope.Db.Set<PersonSession>().Where(row => ids.Contains(row.Id) && row.EndedAt == null && row.LastSeenAt < at)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, at), cancel),
                cancellationToken).ConfigureAwait(false);
            foreach (KeyValuePair<Guid, DateTimeOffset> pair in some)
            {
                // Kept if it was used again meanwhile.
                _seen.TryRemove(pair);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_every, clock, stoppingToken).ConfigureAwait(false);
                try
                {
                    await StoreAsync(stoppingToken).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // the database may be gone for a while; what was noted is stored the next time
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFault(error.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which sessions are in use could not be stored ({Error}); trying again in a minute")]
    private partial void LogFault(string error);
}
