namespace ModerationConsole.Core.Queues;

/// <summary>Section <c>Queues</c>.</summary>
public sealed class QueuePageOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Queues";

    /// <summary><c>Queues:HandlingTimeByPerson</c>: whether leads see handling time by person. Off unless a team decides otherwise.</summary>
    public bool HandlingTimeByPerson { get; set; }
}
