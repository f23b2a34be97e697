using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

/// <summary>A stratum of decisions whose errors are known, and the rate at which they are drawn.</summary>
public sealed record SimulatedStratum(int Population, double ErrorShare, double Rate)
{
    public int Errors { get; } = (int)Math.Round(Population * ErrorShare);
}

/// <summary>Draws from decisions whose errors are known, over and over, and counts how often an interval holds the truth.</summary>
public sealed class SimulatedPlan(params IReadOnlyList<SimulatedStratum> strata)
{
    public IReadOnlyList<SimulatedStratum> Strata => strata;

    public int Population { get; } = strata.Sum(stratum => stratum.Population);

    public double Truth { get; } = (double)strata.Sum(stratum => stratum.Errors) / strata.Sum(stratum => stratum.Population);

    /// <summary>One sample, each decision drawn at its stratum's rate where <paramref name="draw"/> of its place says so.</summary>
    public IReadOnlyList<SampledStratum> Sample(Func<int, double> draw)
    {
        List<SampledStratum> sample = [];
        int place = 0;
        foreach (SimulatedStratum stratum in strata)
        {
            (int drawn, int wrong) = (0, 0);
            for (int member = 0; member < stratum.Population; member++)
            {
                if (draw(place++) < stratum.Rate)
                {
                    drawn++;
                    wrong += member < stratum.Errors ? 1 : 0;
                }
            }

            sample.Add(new SampledStratum(stratum.Population, drawn, wrong));
        }

        return sample;
    }

    /// <summary>In which share of runs, run at once on all cores, the intervals hold the truth.</summary>
    public static double[] Coverage(int runs, Func<int, IReadOnlyList<bool>> run)
    {
        IReadOnlyList<bool>[] held = new IReadOnlyList<bool>[runs];
        Parallel.For(0, runs, number => held[number] = run(number));
        return [.. Enumerable.Range(0, held[0].Count).Select(which => held.Count(one => one[which]) / (double)runs)];
    }

    public static bool Holds(Figure figure, double truth) => figure.Low <= truth && truth <= figure.High;

    /// <summary>The interval that the unweighted average would be given.</summary>
    public static Figure Averaged(IReadOnlyList<SampledStratum> sample) =>
        Figure.OfShare(sample.Sum(stratum => stratum.Hits), sample.Sum(stratum => stratum.Sampled));
}
