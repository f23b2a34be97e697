using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>Follows which case someone has on their screen without a task in hand. An upper room keeps a meter by it.</summary>
public interface ILookMeter
{
    /// <summary>The case is drawn for the person. It takes the place of another that they had.</summary>
    Task BeginAsync(WriteScope scope, Guid personId, long caseNumber, CancellationToken cancellationToken);

    /// <summary>Since when the person has had the case on the screen, UTC; null where nothing of it is kept.</summary>
    Task<DateTimeOffset?> SinceAsync(WriteScope scope, Guid personId, long caseNumber, CancellationToken cancellationToken);

    /// <summary>What the person had is gone from the screen.</summary>
    Task EndAsync(WriteScope scope, Guid personId, CancellationToken cancellationToken);
}
