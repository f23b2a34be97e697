namespace ModerationConsole.Benchmarks.Measure;

/// <summary>What many measurements come down to.</summary>
internal static class Figures
{
    /// <summary>The smallest of the values that at least such a share of them does not exceed; nought of none.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)]);
    }

    /// <summary>The middle one, or the mean of the two in the middle; nought of none.</summary>
    public static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
    }

    public static double Round(double value) => Math.Round(value, 3);
}

/// <summary>How one side did beside the other, each time in the same round: only that means anything on a disk that others use.</summary>
/// <param name="Median">The middle of the rounds.</param>
/// <param name="Worst">The round that went worst for the first side.</param>
/// <param name="Rounds">All of them.</param>
internal sealed record Ratio(double Median, double Worst, IReadOnlyList<double> Rounds)
{
    /// <summary>Of rates, where more is better.</summary>
    public static Ratio? OfRates(IEnumerable<double> first, IEnumerable<double> second) => Of(first, second, rounds => rounds.Min());

    /// <summary>Of times, where less is better.</summary>
    public static Ratio? OfTimes(IEnumerable<double> first, IEnumerable<double> second) => Of(first, second, rounds => rounds.Max());

    // A round in which the other side gave nothing says nothing.
    private static Ratio? Of(IEnumerable<double> first, IEnumerable<double> second, Func<double[], double> worst)
    {
        double[] rounds = [.. first.Zip(second).Where(pair => pair.Second > 0).Select(pair => Figures.Round(pair.First / pair.Second))];
        return rounds.Length == 0 ? null : new Ratio(Figures.Median(rounds), worst(rounds), rounds);
    }
}
