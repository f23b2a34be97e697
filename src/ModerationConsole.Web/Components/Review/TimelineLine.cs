using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A line of a case's history, in words. Reports in a row share one.</summary>
public sealed record TimelineLine(string Words, DateTimeOffset First, DateTimeOffset Last, string? Person)
{
    /// <summary>The lines of a history.</summary>
    public static IReadOnlyList<TimelineLine> Of(IReadOnlyList<DeskEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        List<TimelineLine> lines = [];
        for (int index = 0; index < events.Count; index++)
        {
            DeskEvent first = events[index];
            int last = index;
            while (first.Kind == CaseEventKind.Reported && last + 1 < events.Count && events[last + 1].Kind == CaseEventKind.Reported)
            {
                last++;
            }

            string words = last == index ? Describe(first) : DeskText.EventReportedMany.With(last - index + 1);
            lines.Add(new TimelineLine(words, first.At, events[last].At, first.Person));
            index = last;
        }

        return lines;
    }

    private static string Describe(DeskEvent happened) => happened.Kind switch
    {
        CaseEventKind.Opened => DeskText.EventOpened,
        CaseEventKind.Reported => DeskText.EventReported,
        CaseEventKind.ItemSentAgain => DeskText.EventSentAgain,
        CaseEventKind.Queued => DeskText.EventQueued.With(happened.Text),
        CaseEventKind.WentBack => DeskText.EventWentBack,
        CaseEventKind.Moved => DeskText.EventMoved.With(happened.Text),
        CaseEventKind.Escalated => DeskText.EventEscalated,
        CaseEventKind.Emergency => DeskText.EventEmergency,
        CaseEventKind.ChildSafety => DeskText.EventChildSafety,
        CaseEventKind.Decided => DeskText.EventDecided.With(Verdict(happened)),
        CaseEventKind.Undone => DeskText.EventUndone,
        CaseEventKind.Reversed => DeskText.EventReversed,
        CaseEventKind.Reopened => DeskText.EventReopened,
        CaseEventKind.Withdrawn => DeskText.EventWithdrawn,
        CaseEventKind.Closed => DeskText.EventClosed,
        CaseEventKind.Actioned => DeskText.EventActioned,
        CaseEventKind.Appealed => DeskText.EventAppealed,
        CaseEventKind.AppealAnswered => DeskText.EventAppealAnswered,
        CaseEventKind.NoticeReceived => DeskText.EventNoticeReceived.With(happened.Text),
        CaseEventKind.NoticeAnswered => DeskText.EventNoticeAnswered.With(happened.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    private static string Verdict(DeskEvent happened) =>
        string.Join(", ", new[] { happened.Verdict is { } verdict ? CaseWords.Name(verdict).ToLowerInvariant() : happened.Text, happened.PolicyName }.OfType<string>());
}
