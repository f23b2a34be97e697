using System.Globalization;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Statistics;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Figures on quality in words.</summary>
public static class FigureWords
{
    /// <summary>The value, or that it rests on too few judgements.</summary>
    public static string Value(Figure figure) => Told(figure) is { } told ? PlanWords.Percent(told.Value) : FiguresText.TooFew;

    /// <summary>"93.1 % to 96.4 %"; empty where there are too few.</summary>
    public static string Range(Figure figure) => Told(figure) is { } told ? FiguresText.Range.With(PlanWords.Percent(told.Low), PlanWords.Percent(told.High)) : "";

    /// <summary>What a bar shows, for those who do not see it.</summary>
    public static string Bar(Figure figure, double? target)
    {
        if (Told(figure) is not { } told)
        {
            return FiguresText.TooFew;
        }

        string words = FiguresText.BarWords.With(PlanWords.Percent(told.Value), PlanWords.Percent(told.Low), PlanWords.Percent(told.High));
        return target is { } aim ? FiguresText.BarTarget.With(words, PlanWords.Percent(aim)) : words;
    }

    /// <summary>A measure of agreement.</summary>
    public static string Measure(double? value, int units) =>
        units < Figure.Enough ? FiguresText.TooFew : value?.ToString("0.00", CultureInfo.InvariantCulture) ?? FiguresText.NotDefined;

    /// <summary>A finding.</summary>
    public static string Of(FindingClass finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.PolicyId is null ? CaseWords.Name(finding.Verdict) : $"{finding.Code} {finding.Name ?? finding.PolicyId}".Trim();
    }

    /// <summary>What was wrong.</summary>
    public static string Of(ErrorKind? kind) => kind switch
    {
        ErrorKind.FalsePositive => FiguresText.FalsePositive,
        ErrorKind.FalseNegative => FiguresText.FalseNegative,
        ErrorKind.WrongPolicyOrAction => FiguresText.WrongPolicyOrAction,
        ErrorKind.Technical => FiguresText.Technical,
        null => FiguresText.NotNamed,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Why it was wrong.</summary>
    public static string Of(RootCause? cause) => cause switch
    {
        RootCause.PolicyUnclear => FiguresText.PolicyUnclear,
        RootCause.Tool => FiguresText.Tool,
        RootCause.Knowledge => FiguresText.Knowledge,
        RootCause.Slip => FiguresText.Slip,
        null => FiguresText.NotNamed,
        _ => throw new ArgumentOutOfRangeException(nameof(cause)),
    };

    /// <summary>What two figures say about each other.</summary>
    public static string Of(FigureComparison comparison) => comparison switch
    {
        FigureComparison.TooFew => FiguresText.ComparedTooFew,
        FigureComparison.NotShown => FiguresText.ComparedNotShown,
        FigureComparison.Apart => FiguresText.ComparedApart,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    /// <summary>Where bars of accuracies begin: at a half, unless one of them reaches below.</summary>
    public static double Start(IEnumerable<Figure> figures) => figures.Any(figure => Told(figure) is { Low: < 0.5 }) ? 0 : 0.5;

    /// <summary>The figure where it may be told.</summary>
    public static (double Value, double Low, double High)? Told(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure is { TooFew: false, Value: { } value, Low: { } low, High: { } high } ? (value, low, high) : null;
    }
}
