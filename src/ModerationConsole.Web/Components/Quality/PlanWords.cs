using System.Globalization;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>How sampling is said on pages.</summary>
public static class PlanWords
{
    /// <summary>Where a plan stands.</summary>
    public static string Of(PlanState state) => state switch
    {
        PlanState.Draft => PlansText.StateDraft,
        PlanState.Active => PlansText.StateActive,
        PlanState.Ended => PlansText.StateEnded,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>A share in percent, with one decimal place at most: "7.5 %".</summary>
    public static string Percent(double share) => PlansText.Percent.With((share * 100).ToString("0.#", CultureInfo.InvariantCulture));
}
