namespace ModerationConsole.Web.Components.Queues;

/// <summary>What looking after queues asks before it acts.</summary>
public enum QueueQuestion
{
    None,
    Pause,
    Assign,
    Move,
}
