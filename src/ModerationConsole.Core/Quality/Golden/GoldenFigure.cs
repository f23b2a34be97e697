using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality.Golden;

/// <summary>How a golden case is answered, over all who had it. Who they are is not told.</summary>
/// <param name="Given">To how many people it was given.</param>
/// <param name="Answered">How many answered.</param>
/// <param name="Passed">How many of them as agreed; null where fewer than <see cref="Fewest"/> answered.</param>
public sealed record GoldenFigure(int Given, int Answered, int? Passed)
{
    /// <summary>With fewer answers nothing is said.</summary>
    public const int Fewest = 10;

    /// <summary>Share of those who passed with 95 % confidence; null with too few answers.</summary>
    public WilsonInterval? Interval => Passed is { } passed ? WilsonInterval.Of(passed, Answered) : null;

    internal static GoldenFigure Of(int given, int answered, int passed) => new(given, answered, answered < Fewest ? null : passed);
}
