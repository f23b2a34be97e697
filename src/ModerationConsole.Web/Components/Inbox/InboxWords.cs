using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Notices;
using ModerationConsole.Web.Components.Audit;
using ModerationConsole.Web.Components.Cases;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Inbox;

/// <summary>Entries of an inbox in plain words, and where they lead.</summary>
public static class InboxWords
{
    /// <summary>What needs the person.</summary>
    public static string Title(InboxEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Kind switch
        {
            InboxKind.EscalationAnswered => InboxText.Answered.With(entry.CaseNumber, CaseListWords.Verdict(entry.Subject) ?? entry.Subject),
            InboxKind.TaskAssigned => InboxText.Assigned.With(entry.TaskNumber),
            InboxKind.DraftKept => InboxText.DraftKept.With(entry.TaskNumber, entry.Name),
            InboxKind.BatchFinished => InboxText.BatchFinished.With(entry.Subject),
            InboxKind.DueSoon => (entry.Count == 1 ? InboxText.DueOne : InboxText.DueMany).With(entry.Count, entry.Name),
            InboxKind.NobodyMayTake => (entry.Count == 1 ? InboxText.NobodyOne : InboxText.NobodyMany).With(entry.Count, entry.Name),
            InboxKind.ResultReady => InboxText.ResultReady.With(entry.CaseNumber),
            InboxKind.ResultsToExplain => Figures.Count(entry.Count, InboxText.ToExplainOne, InboxText.ToExplainMany),
            InboxKind.DisputesOpen => Figures.Count(entry.Count, InboxText.DisputesOne, InboxText.DisputesMany),
            InboxKind.DisputeDecided => InboxText.DisputeDecided.With(entry.CaseNumber),
            InboxKind.PolicyQuestion => InboxText.PolicyQuestion.With(entry.Subject, entry.CaseNumber),
            InboxKind.PolicyDraftAsked => InboxText.PolicyDraftAsked.With(entry.Subject),
            InboxKind.PolicyDraftAgreed => InboxText.PolicyDraftAgreed.With(entry.Subject),
            InboxKind.PolicyDraftReturned => InboxText.PolicyDraftReturned.With(entry.Subject),
            InboxKind.CoachingReceived => InboxText.Coaching.With(entry.CaseNumber),
            InboxKind.CalibrationMoved => InboxText.Calibration,
            InboxKind.EscalationAsked => InboxText.EscalationAsked.With(entry.CaseNumber),
            InboxKind.EscalationMessage => InboxText.EscalationMessage.With(entry.TaskNumber),
            InboxKind.ExpertConsulted => InboxText.Consulted.With(entry.TaskNumber),
            InboxKind.EmergencyRaised => (entry.Subject switch { "HalfGone" => InboxText.EmergencyHalf, "NearlyGone" => InboxText.EmergencyLate, _ => InboxText.EmergencyRaised }).With(entry.TaskNumber),
            InboxKind.ClockRunning => Clock(entry.Subject).With(entry.Count, entry.Name),
            InboxKind.KeyEnding => InboxText.KeyEnding.With(entry.Name),
            InboxKind.BatchAsked => InboxText.BatchAsked.With(entry.Name, entry.Count.Thin()),
            InboxKind.BatchAnswered => InboxText.BatchAnswered.With(entry.Subject),
            InboxKind.AlarmRaised => InboxText.AlarmRaised.With(entry.Name, AlarmWords.Kind(entry.Subject), entry.Count.Thin()),
            InboxKind.AccessReviewDue => Figures.Count(entry.Count, InboxText.AccessReviewOne, InboxText.AccessReviewMany),
            InboxKind.GlassBroken => InboxText.GlassBroken.With(entry.Name, RoleWords.Of(entry.Subject ?? "")),
            InboxKind.RoleAsked => InboxText.RoleAsked.With(entry.Name, RoleWords.Of(entry.Subject ?? "")),
            InboxKind.PrecedentsSuperseded => InboxText.PrecedentsSuperseded.With(entry.Name ?? entry.Subject),
            _ => throw new ArgumentOutOfRangeException(nameof(entry)),
        };
    }

    /// <summary>The page on which it is seen to.</summary>
    public static string Address(InboxEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Kind switch
        {
            InboxKind.EscalationAnswered => entry.TaskNumber is { } asked ? $"escalations/{asked}" : $"cases/{entry.CaseNumber}",
            InboxKind.EscalationAsked or InboxKind.EscalationMessage or InboxKind.ExpertConsulted or InboxKind.EmergencyRaised => $"escalations/{entry.TaskNumber}",
            InboxKind.PrecedentsSuperseded => $"escalations/precedents?state=Superseded&policy={Uri.EscapeDataString(entry.Subject ?? "")}",
            InboxKind.AlarmRaised => "audit/alarms",
            InboxKind.AccessReviewDue => "admin/reviews",
            InboxKind.GlassBroken => "audit/glass",
            InboxKind.RoleAsked => "admin/people",
            InboxKind.KeyEnding => $"admin/keys/{entry.Subject}",
            InboxKind.TaskAssigned => "review",
            InboxKind.DraftKept => entry.CaseNumber is { } number ? $"cases/{number}" : "review",
            InboxKind.BatchAsked => "admin/approvals",
            InboxKind.BatchFinished or InboxKind.BatchAnswered => $"cases/batches/{entry.Subject}",
            InboxKind.DueSoon or InboxKind.NobodyMayTake => $"queues?queue={entry.Subject}",
            InboxKind.ResultReady or InboxKind.DisputeDecided => $"quality/results/{entry.Subject}",
            InboxKind.ResultsToExplain => "quality/explain",
            InboxKind.DisputesOpen => "quality/disputes",
            // Its words stand with the dispute that it came of, whose id is the end of its key.
            InboxKind.PolicyQuestion => $"quality/disputes/{entry.Key[(entry.Key.IndexOf(':', StringComparison.Ordinal) + 1)..]}",
            InboxKind.PolicyDraftAsked or InboxKind.PolicyDraftReturned => $"policies/{Uri.EscapeDataString(entry.Subject ?? "")}/draft",
            InboxKind.PolicyDraftAgreed => $"policies/{Uri.EscapeDataString(entry.Subject ?? "")}",
            InboxKind.CoachingReceived => $"quality/coaching/{entry.Subject}",
            InboxKind.CalibrationMoved => $"quality/calibration/{entry.Subject}",
            InboxKind.ClockRunning => $"admin/clocks/{entry.Count}",
            _ => throw new ArgumentOutOfRangeException(nameof(entry)),
        };
    }

    private static string Clock(string? why) => why switch
    {
        nameof(ClockAlertKind.HalfGone) => InboxText.ClockHalf,
        nameof(ClockAlertKind.NearlyGone) => InboxText.ClockNearly,
        nameof(ClockAlertKind.Breached) => InboxText.ClockBreached,
        _ => InboxText.ClockNobody,
    };
}
