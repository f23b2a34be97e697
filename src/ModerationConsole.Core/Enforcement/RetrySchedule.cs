namespace ModerationConsole.Core.Enforcement;

/// <summary>When a delivery that did not work is tried again: soon at first, then ever more rarely, over some four hours.</summary>
internal static class RetrySchedule
{
    /// <summary>After so many tries it has failed.</summary>
    public const int MaxTries = 10;

    private const double FirstSeconds = 5;
    private const double Factor = 3;
    private const double Jitter = 0.2;
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>The wait after a try.</summary>
    /// <param name="tries">How many tries there were, from 1.</param>
    /// <param name="random">0 to 1: spreads those that failed together.</param>
    /// <param name="asked">What the platform asked to wait, if it did.</param>
    public static TimeSpan DelayAfter(int tries, double random, TimeSpan? asked = null)
    {
        double seconds = Math.Min(FirstSeconds * Math.Pow(Factor, tries - 1), s_longest.TotalSeconds);
        TimeSpan delay = TimeSpan.FromSeconds(seconds * (1 - Jitter + (2 * Jitter * random)));
        TimeSpan longest = asked is { } wish && wish > delay ? wish : delay;
        return longest < s_longest ? longest : s_longest;
    }
}
