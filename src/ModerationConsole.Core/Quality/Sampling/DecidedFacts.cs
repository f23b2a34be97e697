using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>What strata ask of a decision, as of when it was made.</summary>
/// <param name="QueueId">The queue that the decided task waited in.</param>
/// <param name="Language">Language of the item, without region.</param>
/// <param name="TenureDays">How long the decider had been here, days; null where a program decided.</param>
/// <param name="Automated">Whether a program decided.</param>
internal sealed record DecidedFacts(
    Guid QueueId, string? PolicyId, Verdict Verdict, IReadOnlyList<string> Actions, Guid? DeciderId, Guid? TeamId, string? Language, Severity Severity,
    double? TenureDays, bool Automated);

/// <summary>Which stratum a decision belongs to, and with what probability it is drawn.</summary>
internal sealed class PlanStrata(double randomRate, IReadOnlyList<(double Rate, StratumConditions Conditions)> strata)
{
    /// <summary>Stands for the decisions that no stratum asks for.</summary>
    public const int Rest = -1;

    public double RandomRate => randomRate;

    public int Count => strata.Count;

    public static PlanStrata Of(PlanDraft draft) => new(draft.RandomRate, [.. draft.Strata.Select(stratum => (stratum.Rate, stratum.Conditions))]);

    public static PlanStrata Of(SamplingPlan plan, IEnumerable<SamplingStratum> ordered) =>
        new(plan.RandomRate, [.. ordered.Select(stratum => (stratum.Rate, StratumConditions.Read(stratum.Conditions)))]);

    /// <summary>Place of the first stratum that a decision meets; <see cref="Rest"/> for none.</summary>
    public int PlaceOf(DecidedFacts facts)
    {
        for (int place = 0; place < strata.Count; place++)
        {
            if (strata[place].Conditions.MetBy(facts))
            {
                return place;
            }
        }

        return Rest;
    }

    /// <summary>The stratum's own rate, 0 for the rest.</summary>
    public double OwnRate(int place) => place == Rest ? 0 : strata[place].Rate;

    /// <summary>With what probability a decision there is drawn: never less than the random rate.</summary>
    public double RateOf(int place) => Math.Max(OwnRate(place), randomRate);
}
