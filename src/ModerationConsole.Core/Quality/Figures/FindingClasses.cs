using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>Findings with names, and what was decided beside what was right.</summary>
internal static class FindingClasses
{
    public static FindingClass Named(Finding finding, IReadOnlyDictionary<string, Policy> policies)
    {
        Policy? policy = finding.PolicyId is { } id ? policies.GetValueOrDefault(id) : null;
        return new FindingClass(finding.Verdict, finding.PolicyId, policy?.Code, policy?.Name);
    }

    /// <summary>Over the judged samples of the random share.</summary>
    public static ConfusionFigures Confusion(IEnumerable<SampleTally> tallies, IReadOnlyDictionary<string, Policy> policies)
    {
        List<SampleTally> judged = [.. tallies.Where(tally => tally is { Random: true, Judged: true })];
        FindingClass[] classes =
        [
            .. judged.SelectMany(pair => new[] { pair.Truth, pair.Decided }).Distinct().Select(finding => Named(finding, policies))
                .OrderBy(one => one.Verdict).ThenBy(one => one.Code ?? one.PolicyId ?? "", PolicyCodeOrder.Instance),
        ];
        Dictionary<Finding, int> places = classes.Select((one, place) => (Finding: new Finding(one.Verdict, one.PolicyId), place)).ToDictionary(pair => pair.Finding, pair => pair.place);
        return new ConfusionFigures(classes, new ConfusionMatrix(
            [.. classes.Select(one => one.PolicyId ?? one.Verdict.ToString())],
            judged.SelectMany(pair => Enumerable.Repeat((places[pair.Truth], places[pair.Decided]), pair.Samples))));
    }
}
