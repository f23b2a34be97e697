namespace ModerationConsole.Core.Data.Nodes;

/// <summary>How this node fares, for whoever watches over it and for the people whose pages it serves.</summary>
public sealed class NodeState
{
    private volatile bool _answering = true;
    private volatile bool _leaving;

    /// <summary>Raised, from any thread, when something of this is another.</summary>
    public event Action? Changed;

    /// <summary>Whether the database answered when it was last asked.</summary>
    public bool DatabaseAnswers => _answering;

    /// <summary>Whether this node is about to end: it takes nothing new on, and its pages go to another.</summary>
    public bool IsLeaving => _leaving;

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
