using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>
/// Which kind of error two verdicts allow (the taxonomy of the Trust &amp; Safety Professional Association: false positive, false
/// negative, wrong selection, technical error).
/// </summary>
public static class ErrorKinds
{
    /// <summary>
    /// Whether a kind fits. A violation that should have been found or not found names the first two; another policy or other actions
    /// need a violation both times; a technical error may lie behind any of them.
    /// </summary>
    public static bool Fits(ErrorKind kind, Verdict was, Verdict right) => kind switch
    {
        ErrorKind.FalsePositive => was == Verdict.Violation && right != Verdict.Violation,
        ErrorKind.FalseNegative => was != Verdict.Violation && right == Verdict.Violation,
        ErrorKind.WrongPolicyOrAction => was == Verdict.Violation && right == Verdict.Violation,
        ErrorKind.Technical => true,
        _ => false,
    };

    /// <summary>The kinds that fit, the likeliest first.</summary>
    public static IReadOnlyList<ErrorKind> Fitting(Verdict was, Verdict right) => [.. Enum.GetValues<ErrorKind>().Where(kind => Fits(kind, was, right))];
}
