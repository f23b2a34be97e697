using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>The confusion matrix, small enough to be read: the findings that occur most by themselves, all others together.</summary>
public sealed partial class ConfusionTable
{
    private const int Most = 8;

    [Parameter, EditorRequired]
    public required QualityFigures Figures { get; set; }

    [Parameter, EditorRequired]
    public required FiguresQuery Query { get; set; }

    private ConfusionMatrix Matrix => Figures.Confusion.Matrix;

    private IReadOnlyList<Group> Groups { get; set; } = [];

    protected override void OnParametersSet()
    {
        IReadOnlyList<FindingClass> classes = Figures.Confusion.Classes;
        int[] all = [.. Enumerable.Range(0, classes.Count)];
        // One alone beside the others would take as much room as "Others" does.
        HashSet<int> shown = [.. all.Length <= Most + 1 ? all : all.OrderByDescending(place => all.Sum(other => Matrix[place, other] + Matrix[other, place])).Take(Most)];
        int[] rest = [.. all.Where(place => !shown.Contains(place))];
        Groups =
        [
            .. all.Where(shown.Contains).Select(place => new Group(FigureWords.Of(classes[place]), classes[place].Code ?? FigureWords.Of(classes[place]), [place])),
            .. rest.Length == 0 ? Array.Empty<Group>() : [new Group(FiguresText.OtherFindings, FiguresText.OtherFindings, rest)],
        ];
    }

    private int Number(Group truth, Group decided) => truth.Places.Sum(row => decided.Places.Sum(column => Matrix[row, column]));

    // Samples are asked for by the policy that was decided; those that were decided otherwise cannot be.
    private string? Samples(Group truth, Group decided) =>
        truth != decided && decided.Only is { } one && Figures.Confusion.Classes[one] is { Verdict: Verdict.Violation, PolicyId: { } policy }
            ? Query.Samples(Figures, policy, wrong: true, random: true)
            : null;

    /// <summary>A row and column of the table.</summary>
    /// <param name="Places">Which labels of the matrix it holds.</param>
    private sealed record Group(string Name, string Short, IReadOnlyList<int> Places)
    {
        public int? Only => Places is [var one] ? one : null;
    }
}
