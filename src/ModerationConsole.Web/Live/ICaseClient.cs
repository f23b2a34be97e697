namespace ModerationConsole.Web.Live;

/// <summary>What other clients are told: numbers and states, never content.</summary>
/// <remarks>The names go over the wire as they stand here, and clients rely on them as the contract spells them.</remarks>
public interface ICaseClient
{
    /// <summary>A task of the case waits in a queue.</summary>
    Task caseQueued(CaseNotice notice);

    /// <summary>The case changed state.</summary>
    Task caseChanged(CaseNotice notice);

    /// <summary>How much waits in the queue, or how the queue is set up, changed.</summary>
    Task queueChanged(QueueNotice notice);

    /// <summary>A decision on the case was made, undone or reversed.</summary>
    Task decisionRecorded(CaseNotice notice);
}

/// <summary>A case and what became of it.</summary>
/// <param name="Sequence">Order of the change among all changes; gaps are changes that are not for this client.</param>
/// <param name="CaseNumber">The case.</param>
/// <param name="QueueId">The queue, where the change concerns one.</param>
/// <param name="State">New state or code of what changed.</param>
/// <param name="At">When, UTC.</param>
public sealed record CaseNotice(long Sequence, long? CaseNumber, Guid? QueueId, string? State, DateTimeOffset At);

/// <summary>A queue in which something moved.</summary>
/// <param name="Sequence">Order of the change among all changes.</param>
/// <param name="QueueId">The queue.</param>
/// <param name="At">When, UTC.</param>
public sealed record QueueNotice(long Sequence, Guid? QueueId, DateTimeOffset At);
