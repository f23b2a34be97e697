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

    /// <summary>Where a sample stands.</summary>
    public static string Of(SampleState state) => state switch
    {
        SampleState.Waiting => PlansText.SampleWaiting,
        SampleState.Adjudicating => PlansText.SampleAdjudicating,
        SampleState.ToExplain => PlansText.SampleToExplain,
        SampleState.Settled => PlansText.SampleSettled,
        SampleState.Withdrawn => PlansText.SampleWithdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>What was wrong.</summary>
    public static string Of(ErrorKind error) => error switch
    {
        ErrorKind.FalsePositive => PlansText.FalsePositive,
        ErrorKind.FalseNegative => PlansText.FalseNegative,
        ErrorKind.WrongPolicyOrAction => PlansText.WrongPolicyOrAction,
        ErrorKind.Technical => PlansText.Technical,
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };

    /// <summary>What drew a sample: "Random · 5 %".</summary>
    public static string DrawnBy(SampleRow sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return PlansText.DrawnByValue.With(sample.Random ? PlansText.AtRandom : sample.Stratum ?? PlansText.Rest, Percent(sample.Rate));
    }

    /// <summary>The conditions of a stratum, each in words.</summary>
    public static IEnumerable<string> Of(StratumConditions conditions, PlanChoices choices)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(choices);
        (string Label, string Values)[] said =
        [
            (PlansText.ByQueue, Names(conditions.Queues, choices.Queues)),
            (PlansText.ByPolicy, Names(conditions.Policies, choices.Policies)),
            (PlansText.ByVerdict, Names(conditions.Verdicts, choices.Verdicts)),
            (PlansText.ByAction, Names(conditions.Actions, choices.Actions)),
            (PlansText.ByTeam, Names(conditions.Teams, choices.Teams)),
            (PlansText.BySeverity, Names(conditions.Severities, choices.Severities)),
            (PlansText.ByLanguage, string.Join(", ", conditions.Languages)),
            (PlansText.ByTenure, $"{conditions.TenureBelowDays}"),
            (PlansText.ByAutomation, conditions.Automated switch { true => PlansText.AutomatedYes, false => PlansText.AutomatedNo, null => "" }),
        ];
        return said.Where(one => one.Values.Length > 0).Select(one => $"{one.Label}: {one.Values}");
    }

    /// <summary>A share in percent, with one decimal place at most: "7.5 %".</summary>
    public static string Percent(double share) => PlansText.Percent.With((share * 100).ToString("0.#", CultureInfo.InvariantCulture));

    /// <summary>Half an interval in percentage points: "± 3.2".</summary>
    public static string Points(double halfWidth) => PlansText.Points.With((halfWidth * 100).ToString("0.#", CultureInfo.InvariantCulture));

    /// <summary>An expected number: whole, but below ten with a decimal place.</summary>
    public static string Amount(double expected) =>
        expected is >= 10 or 0 ? ((long)Math.Round(expected)).Thin() : expected.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A number as a browser's field tells it; null for anything else.</summary>
    public static double? Number(object? typed) =>
        double.TryParse(typed as string, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static string Names<T>(IReadOnlyList<T> values, IReadOnlyList<KeyValuePair<string, string>> options)
        where T : notnull =>
        string.Join(", ", values.Select(value => options.FirstOrDefault(option => option.Key == value.ToString()).Value ?? value.ToString()));
}
