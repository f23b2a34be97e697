namespace ModerationConsole.Core.Live;

/// <summary>
/// Watches the feed for something that draws: the first change is handed on at once, then at most one batch an interval,
/// the last one never lost.
/// </summary>
public sealed class ThrottledWatch : IDisposable
{
    /// <summary>At most five batches a second.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(200);

    private const int MaxPending = 500;

    private readonly Lock _gate = new();
    private readonly Func<IReadOnlyList<OutboxEvent>, Task> _onChanged;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly IDisposable _subscription;
    private List<OutboxEvent> _pending = [];
    private long? _lastFired;
    private bool _scheduled;
    private bool _running;
    private bool _disposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="filter">Which events matter.</param>
    /// <param name="onChanged">Called off the publisher's thread, never twice at once. Its errors are its own to route.</param>
    /// <param name="clock">Time.</param>
    /// <param name="interval">Least time between two calls.</param>
    public ThrottledWatch(
        CaseFeed feed, Func<OutboxEvent, bool> filter, Func<IReadOnlyList<OutboxEvent>, Task> onChanged, TimeProvider clock, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(clock);
        _onChanged = onChanged;
        _clock = clock;
        _interval = interval ?? DefaultInterval;
        _timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscription = feed.Subscribe(filter, Offer);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _subscription.Dispose();
        _timer.Dispose();
    }

    private void Offer(IReadOnlyList<OutboxEvent> events)
    {
        lock (_gate)
        {
            _pending.AddRange(events);
            if (_pending.Count > MaxPending)
            {
                // Whoever draws re-reads what it shows; old numbers beyond this many add nothing.
                _pending.RemoveRange(0, _pending.Count - MaxPending);
            }

            if (!_scheduled && !_running && !_disposed)
            {
                Schedule();
            }
        }
    }

    private void Schedule()
    {
        _scheduled = true;
        TimeSpan wait = _lastFired is { } at ? _interval - _clock.GetElapsedTime(at) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _ = Task.Run(Fire);
        }
    }

    private void Fire()
    {
        List<OutboxEvent> batch;
        lock (_gate)
        {
            _scheduled = false;
            if (_disposed || _running || _pending.Count == 0)
            {
                return;
            }

            batch = _pending;
            _pending = [];
            _running = true;
            _lastFired = _clock.GetTimestamp();
        }

        _ = HandOnAsync(batch);
    }

    private async Task HandOnAsync(List<OutboxEvent> batch)
    {
        try
        {
            await _onChanged(batch).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _running = false;
                if (_pending.Count > 0 && !_disposed)
                {
                    Schedule();
                }
            }
        }
    }
}
