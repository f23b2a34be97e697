using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Why a queue or the routing could not be saved, by field and in words; null where it was.</summary>
public static class QueueProblems
{
    /// <summary>Why a queue could not be saved.</summary>
    public static (string Field, string Message)? Of(SaveQueueOutcome outcome) => outcome switch
    {
        SaveQueueOutcome.Saved => null,
        SaveQueueOutcome.NameInvalid => ("queue-name", SharedText.NameInvalid),
        SaveQueueOutcome.NameTaken => ("queue-name", AdminText.QueueNameTaken),
        SaveQueueOutcome.SlugInvalid => ("queue-slug", AdminText.SlugInvalid),
        SaveQueueOutcome.SlugTaken => ("queue-slug", AdminText.SlugTaken),
        SaveQueueOutcome.DescriptionTooLong => ("queue-description", AdminText.TooLong),
        SaveQueueOutcome.DeadlineInvalid => ("queue-deadline", AdminText.DeadlineInvalid),
        SaveQueueOutcome.PinnedInvalid => ("queue-pinned", AdminText.PinnedInvalid),
        SaveQueueOutcome.PolicyUnknown => ("queue-pinned", AdminText.PolicyUnknown),
        SaveQueueOutcome.HiddenInvalid => ("queue-hidden", AdminText.TooLong),
        SaveQueueOutcome.StandingNeedsReview => ("queue-standing", AdminText.StandingNeedsReview),
        SaveQueueOutcome.StillNeeded => ("queue-standing", AdminText.StillNeeded),
        SaveQueueOutcome.Changed => ("", SharedText.ChangedMeanwhile),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Why the routing could not be saved.</summary>
    public static string? Of(SavedRouting saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        string? what = saved.Outcome switch
        {
            SaveRoutingOutcome.Saved => null,
            SaveRoutingOutcome.Changed => SharedText.ChangedMeanwhile,
            SaveRoutingOutcome.TooLong => AdminText.RoutingTooLong,
            SaveRoutingOutcome.QueueUnknown => AdminText.RoutingQueue,
            SaveRoutingOutcome.ItemTypeUnknown => AdminText.RoutingType,
            SaveRoutingOutcome.PolicyUnknown => AdminText.RoutingPolicy,
            SaveRoutingOutcome.LanguageInvalid => AdminText.RoutingLanguage,
            SaveRoutingOutcome.PriorityInvalid => AdminText.RoutingPriority,
            SaveRoutingOutcome.DeadlineInvalid => AdminText.DeadlineInvalid,
            _ => throw new ArgumentOutOfRangeException(nameof(saved)),
        };
        return what is not null && saved.Line is { } line ? AdminText.RoutingLine.With(line + 1, what) : what;
    }
}
