namespace ModerationConsole.Core.Data.Nodes;

/// <summary>Knows what a node takes on itself for a while, and lets others have it at once when that node is dead.</summary>
public interface IDeadNodeHeir
{
    /// <summary>Lets go of everything that the node held, in the transaction that strikes it off.</summary>
    Task LetGoAsync(WriteScope scope, Guid node, CancellationToken cancellationToken);
}
