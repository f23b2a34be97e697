using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>What a plan must be like.</summary>
public static class PlanRules
{
    /// <summary>Strata of a plan at most.</summary>
    public const int MostStrata = 20;

    /// <summary>The least part of all that is drawn which must be pure random, so that rates can be told of all decisions.</summary>
    public const double LeastRandomShare = 0.3;

    private const int MostTenureDays = 3_650;
    private const int LongestLanguage = 8;

    /// <summary>The draft with languages as review tells them apart and names without blanks around them.</summary>
    internal static PlanDraft Clean(PlanDraft draft) => draft with
    {
        Name = (draft.Name ?? "").Trim(),
        Strata = [.. (draft.Strata ?? []).Select(stratum => stratum with
        {
            Name = (stratum.Name ?? "").Trim(),
            Conditions = stratum.Conditions with { Languages = [.. stratum.Conditions.Languages.Select(ReviewLanguage.Of).OfType<string>().Distinct(StringComparer.Ordinal)] },
        })],
    };

    /// <summary>What keeps a clean draft from being a plan; null for nothing. Whether what it names is there is for the database to say.</summary>
    internal static SavedPlan? Refusal(PlanDraft draft) =>
        draft.Name.Length is 0 or > TextLength.Id ? new SavedPlan(SavePlanOutcome.NameInvalid) : RefusalOfRates(draft);

    /// <summary>The same, but for the name.</summary>
    internal static SavedPlan? RefusalOfRates(PlanDraft draft)
    {
        if (!(draft.RandomRate > 0 && draft.RandomRate <= 1))
        {
            return new SavedPlan(SavePlanOutcome.RandomRateInvalid);
        }

        if (draft.Strata.Count > MostStrata)
        {
            return new SavedPlan(SavePlanOutcome.TooManyStrata);
        }

        for (int place = 0; place < draft.Strata.Count; place++)
        {
            if (RefusalOf(draft, place) is { } fault)
            {
                return new SavedPlan(fault, Stratum: place);
            }
        }

        return null;
    }

    private static SavePlanOutcome? RefusalOf(PlanDraft draft, int place)
    {
        StratumDraft stratum = draft.Strata[place];
        return stratum.Name.Length is 0 or > TextLength.Id ? SavePlanOutcome.StratumNameInvalid
            : draft.Strata.Take(place).Any(other => string.Equals(other.Name, stratum.Name, StringComparison.OrdinalIgnoreCase)) ? SavePlanOutcome.StratumNameInvalid
            : !(stratum.Rate >= 0 && stratum.Rate <= 1) ? SavePlanOutcome.StratumRateInvalid
            : stratum.Conditions.AskNothing ? SavePlanOutcome.StratumAsksNothing
            : stratum.Conditions.TenureBelowDays is < 1 or > MostTenureDays
                || stratum.Conditions.Languages.Any(language => language.Length > LongestLanguage || !language.All(char.IsAsciiLetterLower))
                || stratum.Conditions.Write().Length > TextLength.Text ? SavePlanOutcome.ConditionInvalid
            : null;
    }
}
