using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A consequence of a task's having nobody who may take it. Rooms above implement one each; called in the transaction that raises the alarm.</summary>
public interface IStrandedObserver
{
    /// <summary>An alarm is raised about a waiting task. Neither why nor because of whom is told.</summary>
    Task StrandedAsync(WriteScope scope, WaitingTask task, CancellationToken cancellationToken);
}
