namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>
/// How much of what a plan draws is pure random. A decision is drawn with the greater of its stratum's rate and the random rate;
/// so of N decisions N·r₀ are expected in the random part and Σ N_h·max(r_h, r₀) in all.
/// </summary>
internal static class RandomShare
{
    // Below this the past says too little of what is to come.
    public const int LeastHistory = 100;

    private const double Slack = 1e-9;
    private const double Steps = 1_000;

    /// <summary>The part of what is expected to be drawn that is pure random, 0 to 1; null where nothing is expected.</summary>
    public static double? Of(double randomRate, IReadOnlyCollection<(double Decisions, double OwnRate)> strata)
    {
        double all = strata.Sum(stratum => stratum.Decisions * Math.Max(stratum.OwnRate, randomRate));
        return all > 0 ? strata.Sum(stratum => stratum.Decisions) * randomRate / all : null;
    }

    /// <summary>
    /// The least random rate that would do, in steps of 0.1 %; null where the present one does. With a short history it is the
    /// one that does for any mix: 30 % of the highest rate.
    /// </summary>
    /// <param name="strata">Those with decisions in the past, the rest included; where there is too little, every stratum.</param>
    public static double? Lacking(double randomRate, IReadOnlyCollection<(double Decisions, double OwnRate)> strata)
    {
        bool known = strata.Sum(stratum => stratum.Decisions) >= LeastHistory;
        double forAnyMix = PlanRules.LeastRandomShare * strata.Select(stratum => stratum.OwnRate).DefaultIfEmpty().Max();
        bool Does(double rate) => known ? Of(rate, strata) >= PlanRules.LeastRandomShare - Slack : rate >= forAnyMix - Slack;
        if (Does(randomRate))
        {
            return null;
        }

        // The share grows with the rate: halve until it is pinned down.
        (double below, double enough) = (0, 1);
        for (int step = 0; step < 50; step++)
        {
            double middle = (below + enough) / 2;
            (below, enough) = Does(middle) ? (below, middle) : (middle, enough);
        }

        return Math.Min(1, Math.Ceiling((enough - Slack) * Steps) / Steps);
    }
}
