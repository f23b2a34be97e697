namespace ModerationConsole.Core.Data.Nodes;

/// <summary>How this node fares, for whoever watches over it and for the people whose pages it serves.</summary>
public sealed class NodeState
{
    private volatile bool _answering = true;
    private volatile bool _leaving;
    private long _clockOff;

    /// <summary>Raised, from any thread, when something of this is another.</summary>
    public event Action? Changed;

    /// <summary>Whether the database answered when it was last asked.</summary>
    public bool DatabaseAnswers => _answering;

    /// <summary>Whether this node is about to end: it takes nothing new on, and its pages go to another.</summary>
    public bool IsLeaving => _leaving;

    /// <summary>How much the database server's time of day is ahead of this machine's; zero where they agree. The server's is gone by.</summary>
    public TimeSpan ClockOff => new(Interlocked.Read(ref _clockOff));

    /// <summary>On SQL Server, whether readers pass writers by (READ_COMMITTED_SNAPSHOT); null elsewhere, or while not known.</summary>
    public bool? ReadsBesideWriters { get; private set; }

    internal void Differs(TimeSpan off) => Interlocked.Exchange(ref _clockOff, off.Ticks);

    internal void Reads(bool besideWriters) => ReadsBesideWriters = besideWriters;

    /// <summary>The database answers, or does so no more.</summary>
    public void Heard(bool answers)
    {
        if (_answering != answers)
        {
            _answering = answers;
            Changed?.Invoke();
        }
    }

    /// <summary>This node is about to end.</summary>
    public void Leave()
    {
        if (!_leaving)
        {
            _leaving = true;
            Changed?.Invoke();
        }
    }
}
