using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

/// <summary>Sixty cases judged by two named reviewers, worked by hand.</summary>
public sealed class CohenFixtureTests
{
    // One column a case: a allow, v violation, c cannot review.
    private const string ReviewerA = "vvvvvvvcacaaavavavavvvvaaavacvacaavvcaaaavavacavaaavvvaaavaa";
    private const string ReviewerB = "vvvvavcaacaaavcaavacvvvavvvacvacaaavcaavavavvcavaaaaavaaavaa";

    // Counted from the columns:
    //                      reviewer-b
    //                allow  violation  cannot    all
    // reviewer-a
    //   allow           24          4       1     29
    //   violation        5         18       2     25
    //   cannot           1          0       5      6
    //   all             30         22       8     60
    //
    // P_o = (24 + 18 + 5)/60 = 47/60 = .7833
    // P_e = (29·30 + 25·22 + 6·8)/60² = (870 + 550 + 48)/3600 = 1468/3600 = .4078
    // κ   = (47/60 − 1468/3600)/(1 − 1468/3600) = (2820 − 1468)/(3600 − 1468) = 1352/2132 = 26/41 = .6341
    [Fact]
    public void Cohen_OfSixtyCases_IsWhatTheHandGives()
    {
        RatingTable table = Table();

        CohenKappa kappa = CohenKappa.Of(table, "reviewer-a", "reviewer-b");

        Assert.Equal(60, kappa.Units);
        Assert.Equal(47d / 60, kappa.Observed!.Value, 1e-12);
        Assert.Equal(1_468d / 3_600, kappa.Expected!.Value, 1e-12);
        Assert.Equal(26d / 41, kappa.Value!.Value, 1e-12);
    }

    [Fact]
    public void Cohen_OfTheSameTwoTheOtherWay_IsTheSame() => Assert.Equal(
        CohenKappa.Of(Table(), "reviewer-a", "reviewer-b"), CohenKappa.Of(Table(), "reviewer-b", "reviewer-a"));

    [Fact]
    public void Confusion_OfTheSameCases_HasTheCountsOfTheTable()
    {
        // With reviewer-a as what was true: recall of violation 18/25, precision 18/22.
        ConfusionMatrix matrix = new(["allow", "violation", "cannot"], Table().Pairs("reviewer-a", "reviewer-b"));

        int[] cells = [.. Enumerable.Range(0, 9).Select(cell => matrix[cell / 3, cell % 3])];

        Assert.Equal([24, 4, 1, 5, 18, 2, 1, 0, 5], cells);
        Assert.Equal((Figure.OfShare(47, 60), 60), (matrix.Accuracy(), matrix.Total));
        Assert.Equal((Figure.OfShare(18, 25), Figure.OfShare(18, 22)), (matrix.Recall(1), matrix.Precision(1)));
        Assert.True(matrix.Recall(1).TooFew);
    }

    private static RatingTable Table() => new(3, ["reviewer-a", "reviewer-b"], ReviewerA.Zip(ReviewerB, (first, second) =>
        new int?[] { "avc".IndexOf(first), "avc".IndexOf(second) }));
}
