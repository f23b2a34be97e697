using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Why a plan could not be saved, by field and in words; null where it was.</summary>
public static class PlanProblems
{
    /// <summary>The id of a field of a stratum.</summary>
    public static string Field(int stratum, string part) => $"stratum-{stratum}-{part}";

    /// <summary>Why a plan could not be saved.</summary>
    public static (string Field, string Message)? Of(SavedPlan saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        int place = saved.Stratum ?? 0;
        return saved.Outcome switch
        {
            SavePlanOutcome.Saved => null,
            SavePlanOutcome.NameInvalid => ("plan-name", SharedText.NameInvalid),
            SavePlanOutcome.RandomRateInvalid => ("plan-random", PlansText.RandomInvalid),
            SavePlanOutcome.TooManyStrata => ("", PlansText.TooManyStrata.With(PlanRules.MostStrata)),
            SavePlanOutcome.StratumNameInvalid => (Field(place, "name"), PlansText.StratumNameInvalid),
            SavePlanOutcome.StratumRateInvalid => (Field(place, "rate"), PlansText.StratumRateInvalid),
            SavePlanOutcome.StratumAsksNothing => (Field(place, "name"), PlansText.StratumAsksNothing),
            SavePlanOutcome.ConditionInvalid => (Field(place, "languages"), PlansText.ConditionInvalid),
            SavePlanOutcome.ReferenceUnknown => (Field(place, "name"), PlansText.ReferenceUnknown),
            SavePlanOutcome.NotDraft => ("", PlansText.NotDraft),
            SavePlanOutcome.Changed => ("", SharedText.ChangedMeanwhile),
            _ => throw new ArgumentOutOfRangeException(nameof(saved)),
        };
    }
}
