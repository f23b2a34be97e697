using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;

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
        QueueKind.Appeals => QueuesText.KindAppeals,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A short length of time: "48 s", "3 min".</summary>
    public static string Seconds(double seconds) =>
        seconds < 120 ? QueuesText.SecondsShort.With((int)Math.Round(seconds)) : Moment.Span(TimeSpan.FromSeconds(seconds));
}
