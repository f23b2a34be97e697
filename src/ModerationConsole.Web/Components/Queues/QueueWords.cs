using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Queues;

/// <summary>Queues in plain words.</summary>
public static class QueueWords
{
    /// <summary>What kind of work waits.</summary>
    public static string Kind(QueueKind kind) => kind switch
    {
        QueueKind.Review => QueuesText.KindReview,
        QueueKind.Expert => QueuesText.KindExpert,
        QueueKind.Emergency => QueuesText.KindEmergency,
        QueueKind.ChildSafety => QueuesText.KindChildSafety,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
