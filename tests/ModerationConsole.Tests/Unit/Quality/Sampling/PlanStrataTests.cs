using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Tests.Unit.Quality.Sampling;

public sealed class PlanStrataTests
{
    private static readonly Guid s_queue = Guid.NewGuid();
    private static readonly Guid s_team = Guid.NewGuid();
    private static readonly DecidedFacts s_facts = new(
        s_queue, "pol_a", Verdict.Violation, ["act_a", "act_b"], Guid.NewGuid(), s_team, "de", Severity.High, TenureDays: 13.5, Automated: false);

    public static TheoryData<StratumConditions, bool> Conditions => new()
    {
        { new StratumConditions(), true },
        { new StratumConditions { Queues = [Guid.NewGuid(), s_queue] }, true },
        { new StratumConditions { Queues = [Guid.NewGuid()] }, false },
        { new StratumConditions { Policies = ["pol_a"] }, true },
        { new StratumConditions { Policies = ["pol_b"] }, false },
        { new StratumConditions { Verdicts = [Verdict.Violation] }, true },
        { new StratumConditions { Verdicts = [Verdict.Allow, Verdict.CannotReview] }, false },
        { new StratumConditions { Actions = ["act_b", "act_c"] }, true },
        { new StratumConditions { Actions = ["act"] }, false },
        { new StratumConditions { Teams = [s_team] }, true },
        { new StratumConditions { Teams = [Guid.NewGuid()] }, false },
        { new StratumConditions { Languages = ["en", "de"] }, true },
        { new StratumConditions { Languages = ["en"] }, false },
        { new StratumConditions { Severities = [Severity.High] }, true },
        { new StratumConditions { Severities = [Severity.Severe] }, false },
        { new StratumConditions { TenureBelowDays = 14 }, true },
        { new StratumConditions { TenureBelowDays = 13 }, false },
        { new StratumConditions { Automated = false }, true },
        { new StratumConditions { Automated = true }, false },
        { new StratumConditions { Languages = ["de"], Policies = ["pol_b"] }, false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Decision_MeetsAStratum_OnlyIfItMeetsEveryCondition(StratumConditions conditions, bool meets)
    {
        Assert.Equal(meets, conditions.MetBy(s_facts));
        Assert.Equal(meets, StratumConditions.Read(conditions.Write()).MetBy(s_facts));
    }

    [Fact]
    public void Decision_OfAProgram_MeetsNothingThatAsksOfItsDecider()
    {
        DecidedFacts program = s_facts with { DeciderId = null, TeamId = null, TenureDays = null, Automated = true, PolicyId = null, Language = null };

        Assert.False(new StratumConditions { TenureBelowDays = 3_650 }.MetBy(program));
        Assert.False(new StratumConditions { Teams = [s_team] }.MetBy(program));
        Assert.False(new StratumConditions { Policies = ["pol_a"] }.MetBy(program));
        Assert.False(new StratumConditions { Languages = ["de"] }.MetBy(program));
        Assert.True(new StratumConditions { Automated = true }.MetBy(program));
    }

    [Fact]
    public void Stratum_IsTheFirstThatIsMet_AndItsRateNeverBelowTheRandomOne()
    {
        PlanStrata strata = PlanStrata.Of(new PlanDraft(null, "A plan", 0.1,
        [
            new StratumDraft("Elsewhere", 0.9, new StratumConditions { Languages = ["en"] }),
            new StratumDraft("German", 0.05, new StratumConditions { Languages = ["de"] }),
            new StratumDraft("High", 0.5, new StratumConditions { Severities = [Severity.High] }),
        ]));

        Assert.Equal((1, 0.05, 0.1), (strata.PlaceOf(s_facts), strata.OwnRate(1), strata.RateOf(1)));
        Assert.Equal(2, strata.PlaceOf(s_facts with { Language = "fr" }));
        Assert.Equal((PlanStrata.Rest, 0.1), (strata.PlaceOf(s_facts with { Language = "fr", Severity = Severity.Low }), strata.RateOf(PlanStrata.Rest)));
    }
}
