namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>A part of all decisions with a rate of its own, as a person wants it.</summary>
/// <param name="Rate">Share of its decisions that is drawn, 0 to 1.</param>
public sealed record StratumDraft(string Name, double Rate, StratumConditions Conditions);

/// <summary>A sampling plan as a person wants it.</summary>
/// <param name="Id">Of the draft that is changed; null for a new one.</param>
/// <param name="RandomRate">Share of all decisions that is drawn whatever they are, above 0 to 1.</param>
/// <param name="Strata">In order: the first that a decision meets is its own.</param>
/// <param name="Version">The version it was read at; null for a new one.</param>
public sealed record PlanDraft(Guid? Id, string Name, double RandomRate, IReadOnlyList<StratumDraft> Strata, long? Version = null);

/// <summary>What became of a plan that was to be saved.</summary>
public enum SavePlanOutcome
{
    Saved,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,

    /// <summary>The random rate is not above 0 and at most 1.</summary>
    RandomRateInvalid,

    /// <summary>There are more strata than <see cref="PlanRules.MostStrata"/>.</summary>
    TooManyStrata,

    /// <summary>A stratum's name is empty or longer than 200 characters, or two have the same.</summary>
    StratumNameInvalid,

    /// <summary>A stratum's rate is not from 0 to 1.</summary>
    StratumRateInvalid,

    /// <summary>A stratum has no condition, and would take all that the later ones ask for.</summary>
    StratumAsksNothing,

    /// <summary>A stratum's conditions are too long, name what is no language, or count days that are not from 1 to 3,650.</summary>
    ConditionInvalid,

    /// <summary>A stratum names a queue, policy, action or team that is not there.</summary>
    ReferenceUnknown,

    /// <summary>It draws or has ended, and is not changed any more.</summary>
    NotDraft,

    /// <summary>Someone saved it meanwhile, or it is not there.</summary>
    Changed,
}

/// <summary>What became of it.</summary>
/// <param name="Id">Of the plan, once it is stored.</param>
/// <param name="Stratum">Place of the stratum that is at fault, from 0.</param>
public sealed record SavedPlan(SavePlanOutcome Outcome, Guid? Id = null, int? Stratum = null);
