using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>A page of the quality room that stands in its tabs.</summary>
/// <param name="Href">Its address, relative to the base.</param>
/// <param name="Name">Its name.</param>
/// <param name="Permission">What opens it.</param>
public sealed record QualityEntry(string Href, string Name, Permission Permission)
{
    /// <summary>The page that the others stand below.</summary>
    public const string Root = "quality";

    /// <summary>Every tab, in order.</summary>
    public static IReadOnlyList<QualityEntry> All =>
    [
        new(Root, PlansText.TabOverview, Permission.RunQuality),
        new("quality/samples", PlansText.TabSamples, Permission.RunQuality),
        new("quality/plans", PlansText.TabPlans, Permission.RunQuality),
        new("quality/golden", PlansText.TabGolden, Permission.AdjudicateQuality),
        new("quality/calibration", PlansText.TabCalibration, Permission.ReviewCases),
        new("quality/explain", ResultsText.ExplainTitle, Permission.AdjudicateQuality),
        new("quality/disputes", PlansText.TabDisputes, Permission.AdjudicateQuality),
        new("quality/results", ResultsText.ResultsTitle, Permission.ReviewCases),
        new("quality/coaching", CoachingText.Title, Permission.ReviewCases),
        new("quality/settings", PlansText.TabSettings, Permission.RunQuality),
    ];

    /// <summary>Whether a page, by its address relative to the base, is this one or stands below it. The overview is only itself.</summary>
    public bool Holds(string address)
    {
        string path = address.Split('?', '#')[0].TrimEnd('/');
        return path == Href || (Href != Root && path.StartsWith(Href + "/", StringComparison.Ordinal));
    }
}
