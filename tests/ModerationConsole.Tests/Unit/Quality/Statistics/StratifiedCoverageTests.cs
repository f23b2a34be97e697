using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

/// <summary>Ten thousand decisions with known errors, a thousand samples of them: how often the 95 % interval holds the truth.</summary>
public sealed class StratifiedCoverageTests
{
    private const int Runs = 1_000;
    private const int Seed = 20_261;

    // Plans in which the variance at the shares found misleads: few errors, few samples, strata of all sizes.
    private static readonly Dictionary<string, SimulatedPlan> s_plans = new()
    {
        { "accuracy 99 %", Plan((7_000, .01, .02), (1_500, .01, .10), (800, .02, .20), (500, .05, .30), (200, .02, .40)) },
        { "accuracy 99 %, thin", Plan((7_000, .01, .01), (1_500, .01, .03), (800, .02, .05), (500, .05, .10), (200, .02, .20)) },
        { "accuracy 90 %, thin", Plan((7_000, .10, .01), (1_500, .10, .03), (800, .10, .05), (500, .20, .10), (200, .10, .20)) },
        { "eight strata, five of them small", Plan((8_000, .03, .02), (1_000, .05, .05), (400, .1, .1), (200, .1, .1), (150, .1, .1), (100, .2, .1), (100, .02, .1), (50, .2, .2)) },
        { "some strata drawn whole", Plan((8_000, .03, .05), (1_000, .05, .2), (400, .1, .5), (300, .1, 1), (200, .2, 1), (100, .02, 1)) },
        { "nearly all samples where errors are", Plan((9_000, .01, .03), (800, .15, .5), (200, .30, 1)) },
        { "ten alike, ten samples each", Plan([.. Enumerable.Repeat((1_000, .05, .01), 10)]) },
        { "ten alike, hardly an error", Plan([.. Enumerable.Repeat((1_000, .01, .03), 10)]) },
    };

    public static TheoryData<string> Plans => [.. s_plans.Keys];

    [Fact]
    public void Estimate_OfDecisionsDrawnByPlan_CoversTheTruthAndTheAverageDoesNot()
    {
        // 3 % of everything, and more of four strata, each decision drawn by the hash of itself and the plan. Accuracy is 97.5 % in
        // truth, 94 % on average over what is drawn.
        const double randomShare = .03;
        SimulatedPlan plan = Plan((7_000, .01, 0), (1_500, .03, .10), (800, .06, .20), (500, .15, .30), (200, .08, .40));
        double[] rates = [.. plan.Strata.SelectMany(stratum => Enumerable.Repeat(stratum.Rate, stratum.Population))];
        SimulatedPlan asDrawn = new([.. plan.Strata.Select(stratum => stratum with { Rate = 1 })]);
        Random random = new(Seed);
        Guid[] decisions = [.. Enumerable.Range(0, plan.Population).Select(_ => Id(random))];
        Guid[] salts = [.. Enumerable.Range(0, Runs).Select(_ => Id(random))];

        double[] covered = SimulatedPlan.Coverage(Runs, run =>
        {
            IReadOnlyList<SampledStratum> sample = asDrawn.Sample(place =>
                SampleDraw.By(SampleDraw.Of(decisions[place], salts[run]), randomShare, rates[place]) == DrawnBy.Nothing ? 1 : 0);
            StratifiedEstimate estimate = StratifiedEstimate.Of(sample);
            bool normal = Math.Abs(estimate.Share!.Value - plan.Truth) <= WilsonInterval.Z * Math.Sqrt(estimate.Variance!.Value);
            return [SimulatedPlan.Holds(estimate.Figure, plan.Truth), SimulatedPlan.Holds(SimulatedPlan.Averaged(sample), plan.Truth), normal];
        });

        Assert.Equal(10_000, plan.Population);
        Assert.InRange(covered[0], .93, .97);
        Assert.InRange(covered[1], 0, .10);
        // Nor does the normal interval of the same estimate: the plan tells a good interval from a bad one.
        Assert.InRange(covered[2], 0, .92);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Estimate_OfAHardPlan_CoversTheTruth(string what)
    {
        SimulatedPlan plan = s_plans[what];
        double[] covered = SimulatedPlan.Coverage(Runs, run =>
        {
            Random random = new(Seed + run);
            return [SimulatedPlan.Holds(StratifiedEstimate.Of(plan.Sample(_ => random.NextDouble())).Figure, plan.Truth)];
        });

        Assert.True(covered[0] is >= .93 and <= .97, $"{what}: {covered[0]:P1}");
    }

    [Fact]
    public void SeverityError_OfDecisionsDrawnByPlan_CoversTheTruth()
    {
        // In each stratum three severities, with weights of their own and errors of their own.
        (double Weight, SimulatedPlan Plan)[] severities =
        [
            (1, Plan((5_000, .02, .03), (1_000, .05, .10), (500, .20, .30))),
            (2, Plan((1_500, .03, .03), (700, .06, .10), (300, .10, .30))),
            (10, Plan((500, .05, .03), (300, .02, .10), (200, .15, .30))),
        ];
        double truth = severities.Sum(severity => severity.Weight * severity.Plan.Truth * severity.Plan.Population)
            / severities.Sum(severity => severity.Weight * severity.Plan.Population);

        double[] covered = SimulatedPlan.Coverage(Runs, run =>
        {
            Random random = new(Seed + run);
            (double Weight, IReadOnlyList<SampledStratum> Sample)[] samples = [.. severities.Select(severity => (severity.Weight, severity.Plan.Sample(_ => random.NextDouble())))];
            SeverityStratum[] strata =
            [
                .. Enumerable.Range(0, 3).Select(stratum => new SeverityStratum(
                    samples.Sum(severity => severity.Sample[stratum].Population),
                    [.. samples.Select(severity => new SeverityTally(severity.Weight, severity.Sample[stratum].Sampled, severity.Sample[stratum].Hits))])),
            ];
            SeverityTally[] averaged = [.. samples.Select(severity => new SeverityTally(severity.Weight, severity.Sample.Sum(one => one.Sampled), severity.Sample.Sum(one => one.Hits)))];
            return [SimulatedPlan.Holds(SeverityError.Of(strata), truth), SimulatedPlan.Holds(SeverityError.Of(averaged), truth)];
        });

        Assert.InRange(covered[0], .93, .97);
        Assert.InRange(covered[1], 0, .80);
    }

    private static SimulatedPlan Plan(params (int Population, double ErrorShare, double Rate)[] strata) =>
        new([.. strata.Select(stratum => new SimulatedStratum(stratum.Population, stratum.ErrorShare, stratum.Rate))]);

    private static Guid Id(Random random)
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
