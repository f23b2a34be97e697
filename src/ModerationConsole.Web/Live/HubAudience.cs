using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Live;

/// <summary>
/// The clients connected to this node. Hands them what the feed brings, and lets go those who may no longer hear what they
/// joined for: at once when a person or a key changed, and by a check of all each minute.
/// </summary>
public sealed partial class HubAudience(
    CaseFeed feed,
    IHubContext<CaseHub, ICaseClient> hub,
    HubGate gate,
    IOptions<SecurityOptions> options,
    TimeProvider clock,
    ILogger<HubAudience> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, HubListener> _listeners = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _checkNow = new(0, 1);

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _checkNow.Dispose();
    }

    internal void Add(HubListener listener)
    {
        _listeners[listener.ConnectionId] = listener;
        _ = TellAsync(listener);
    }

    internal void Remove(string connectionId)
    {
        if (_listeners.TryRemove(connectionId, out HubListener? listener))
        {
            listener.End();
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using IDisposable watching = feed.Subscribe(_ => !_listeners.IsEmpty, Spread);
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            foreach (HubListener listener in _listeners.Values)
            {
                await CheckAsync(listener, stoppingToken);
            }
        }
    }

    private void Spread(IReadOnlyList<OutboxEvent> changes)
    {
        if (changes.Any(change => change.Kind == LiveKind.Missed))
        {
            // Nobody can be told what was missed: clients connect again and read anew.
            foreach (HubListener listener in _listeners.Values)
            {
                listener.End();
            }

            return;
        }

        foreach (HubListener listener in _listeners.Values)
        {
            listener.Offer(changes);
        }

        if (changes.Any(change => change.Kind == LiveKind.PersonChanged || change is { Kind: LiveKind.ConfigurationChanged, State: ApiKeys.Changed }) && _checkNow.CurrentCount == 0)
        {
            // Only the feed's one thread raises it.
            _checkNow.Release();
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource due = new(TimeSpan.FromSeconds(options.Value.RevalidateSeconds), clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stoppingToken);
        try
        {
            await _checkNow.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time for the regular check, or to stop.
        }
    }

    private async Task CheckAsync(HubListener listener, CancellationToken stoppingToken)
    {
        try
        {
            if (await gate.HearsAsync(listener.User, stoppingToken) != listener.Hearing)
            {
                // A client that may hear something else now joins anew for it.
                listener.End();
            }
        }
#pragma warning disable CA1031 // the database may be gone for a while; the next check decides
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogUnchecked(error.GetType().Name);
        }
    }

    private async Task TellAsync(HubListener listener)
    {
        try
        {
            await listener.TellAsync(hub.Clients.Client(listener.ConnectionId));
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }
#pragma warning disable CA1031 // one client's connection broke; it is the only one concerned
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogUntold(error.GetType().Name);
            listener.End();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A hub client's permission could not be checked ({Error}); it is tried again within a minute")]
    private partial void LogUnchecked(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A hub client could not be told of a change ({Error}) and was let go")]
    private partial void LogUntold(string error);
}
