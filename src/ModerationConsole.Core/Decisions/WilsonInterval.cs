namespace ModerationConsole.Core.Decisions;

/// <summary>
/// The interval in which a share lies with 95 % confidence, from a count: score interval of E. B. Wilson, "Probable
/// inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22 (1927).
/// </summary>
/// <param name="Lower">From 0 to 1.</param>
/// <param name="Upper">From 0 to 1.</param>
public readonly record struct WilsonInterval(double Lower, double Upper)
{
    /// <summary>97.5 % quantile of the normal distribution: what leaves 5 % outside on both sides together.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>The interval of <paramref name="hits"/> among <paramref name="count"/>; all of 0 to 1 where nothing was counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than none, or more hits than there are.</exception>
    public static WilsonInterval Of(int hits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        if (count == 0)
        {
            return new WilsonInterval(0, 1);
        }

        double share = (double)hits / count;
        double spread = Z * Z / count;
        double middle = share + (spread / 2);
        double reach = Z * Math.Sqrt(((share * (1 - share)) + (spread / 4)) / count);
        return new WilsonInterval(Math.Max(0, (middle - reach) / (1 + spread)), Math.Min(1, (middle + reach) / (1 + spread)));
    }
}
