using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>Where a sampling plan stands.</summary>
public enum PlanState
{
    /// <summary>It can still be changed and draws nothing.</summary>
    Draft,

    /// <summary>The one that draws; it is not changed any more.</summary>
    Active,

    /// <summary>Another took its place, or it was ended.</summary>
    Ended,
}

/// <summary>
/// Which decisions are judged again. Each decision belongs to the first stratum it meets, else to the rest; one is active at a
/// time, and what it drew keeps its plan, stratum and rate.
/// </summary>
public sealed class SamplingPlan : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public PlanState State { get; private set; } = PlanState.Draft;

    /// <summary>Share of all decisions that is drawn whatever they are, above 0 to 1: the pure random part.</summary>
    public double RandomRate { get; set; }

    /// <summary>Makes its draws independent of every other plan's.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Who made it.</summary>
    public Guid MadeBy { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>From when decisions are drawn by it, UTC.</summary>
    public DateTimeOffset? ActiveFrom { get; private set; }

    /// <summary>Until when, UTC.</summary>
    public DateTimeOffset? ActiveUntil { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>It draws from now on.</summary>
    public void Activate(DateTimeOffset now)
    {
        if (State != PlanState.Draft)
        {
            throw new DomainRuleException("plan.not-draft");
        }

        (State, ActiveFrom) = (PlanState.Active, now);
    }

    /// <summary>It draws no more.</summary>
    public void End(DateTimeOffset now)
    {
        if (State != PlanState.Active)
        {
            throw new DomainRuleException("plan.not-active");
        }

        (State, ActiveUntil) = (PlanState.Ended, now);
    }
}

/// <summary>A part of all decisions with a rate of its own.</summary>
public sealed class SamplingStratum
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The plan.</summary>
    public Guid PlanId { get; init; }

    /// <summary>Place in the plan, from 0: the first that a decision meets is its own.</summary>
    public int Position { get; init; }

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Share of its decisions that is drawn, 0 to 1; never less than the plan's random rate in effect.</summary>
    public double Rate { get; init; }

    /// <summary>Which decisions belong to it, as JSON; see <see cref="StratumConditions"/>.</summary>
    public string Conditions { get; init; } = "{}";
}

/// <summary>How many decisions of a day belong to a stratum: what samples are weighed with. Kept by the sampler as it draws.</summary>
public sealed class PopulationCount
{
    /// <summary>The plan.</summary>
    public Guid PlanId { get; init; }

    /// <summary>The stratum; <see cref="Guid.Empty"/> for the rest.</summary>
    public Guid StratumId { get; init; }

    /// <summary>Day of the decisions, UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary>What they are counted by.</summary>
    public PopulationBy By { get; init; }

    /// <summary>The policy, person, queue or language; empty for none and for all.</summary>
    public string Key { get; init; } = "";

    /// <summary>How many.</summary>
    public int Decisions { get; set; }
}

/// <summary>What decisions are counted by.</summary>
public enum PopulationBy
{
    All,
    Policy,
    Decider,
    Queue,
    Language,
}

/// <summary>How far the sampler has come: one row.</summary>
public sealed class SamplerPlace : IVersioned
{
    /// <summary>The only one.</summary>
    public const int Only = 1;

    /// <summary>Always <see cref="Only"/>.</summary>
    public int Id { get; init; } = Only;

    /// <summary>When the last decision that was looked at became final, UTC: the end of its undo window, not when it was made.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>That decision; one of them where several became final in that moment, for those are always looked at together.</summary>
    public Guid DecisionId { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}
