namespace ModerationConsole.Core.Live;

/// <summary>Fans changes out to whoever watches on this node: circuits, the hub, waiting desks.</summary>
public sealed class CaseFeed
{
    private readonly Lock _gate = new();
    private Subscription[] _subscriptions = [];

    /// <summary>Calls <paramref name="onEvents"/> with each batch that holds an event <paramref name="filter"/> wants, and with <see cref="LiveKind.Missed"/> whatever it wants. The handler must not block.</summary>
    /// <returns>Dispose it to stop watching.</returns>
    public IDisposable Subscribe(Func<OutboxEvent, bool> filter, Action<IReadOnlyList<OutboxEvent>> onEvents)
    {
        Subscription subscription = new(this, filter, onEvents);
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    /// <summary>Hands a batch of committed events, in order, to everyone who watches.</summary>
    public void Publish(IReadOnlyList<OutboxEvent> events)
    {
        Subscription[] current;
        lock (_gate)
        {
            current = _subscriptions;
        }

        foreach (Subscription subscription in current)
        {
            subscription.Offer(events);
        }
    }

    /// <summary>Tells everyone who watches, whatever they watch for, that changes were missed: one event of <see cref="LiveKind.Missed"/>.</summary>
    public void PublishMissed(DateTimeOffset now)
    {
        Subscription[] current;
        lock (_gate)
        {
            current = _subscriptions;
        }

        OutboxEvent[] missed = [new OutboxEvent { Kind = LiveKind.Missed, At = now }];
        foreach (Subscription subscription in current)
        {
            subscription.Tell(missed);
        }
    }

    private sealed class Subscription(CaseFeed feed, Func<OutboxEvent, bool> filter, Action<IReadOnlyList<OutboxEvent>> onEvents) : IDisposable
    {
        public void Offer(IReadOnlyList<OutboxEvent> events)
        {
            OutboxEvent[] wanted = [.. events.Where(filter)];
            if (wanted.Length > 0)
            {
                onEvents(wanted);
            }
        }

        public void Tell(OutboxEvent[] events) => onEvents(events);

        public void Dispose()
        {
            lock (feed._gate)
            {
                feed._subscriptions = [.. feed._subscriptions.Where(other => other != this)];
            }
        }
    }
}
