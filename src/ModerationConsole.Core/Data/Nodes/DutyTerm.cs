namespace ModerationConsole.Core.Data.Nodes;

/// <summary>The time for which this node has a duty. It ends by itself unless it is prolonged, before any other node may take over.</summary>
public sealed class DutyTerm : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _over = new();
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _begun;
    private TimeSpan _lasts;

    internal DutyTerm(string name, Guid holder, long? fence, TimeProvider clock)
    {
        (Name, Holder, Fence, _clock) = (name, holder, fence, clock);
        Over = _over.Token;
        _begun = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _lasts = fence is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
    }

    /// <summary>The duty.</summary>
    public string Name { get; }

    /// <summary>What the database has to say for a write of this term to hold; null where the machine itself keeps others out.</summary>
    public long? Fence { get; }

    /// <summary>Cancelled when the term is over.</summary>
    public CancellationToken Over { get; }

    internal Guid Holder { get; }

    /// <summary>Whether this node still has the duty by its own stopwatch. A frozen process that wakes finds that it has not.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate)
            {
                return !_over.IsCancellationRequested && (_lasts == Timeout.InfiniteTimeSpan || _clock.GetElapsedTime(_begun) < _lasts);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        End();
        _over.Dispose();
    }

    // Counted from before the sign of life was sent: nobody can have seen it earlier.
    internal void Prolong(long from, TimeSpan lasts)
    {
        lock (_gate)
        {
            (_begun, _lasts) = (from, lasts);
        }

        TimeSpan left = lasts - _clock.GetElapsedTime(from);
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    internal void End()
    {
        try
        {
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Its node stops and ended it in the same moment.
        }

        _timer.Dispose();
    }
}
