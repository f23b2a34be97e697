using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

/// <summary>Where a measure is not defined it is absent, and never full agreement.</summary>
public sealed class AgreementLimitsTests
{
    public static TheoryData<string, int[][]> Undefined => new()
    {
        { "no units", [] },
        { "no ratings", [[0, 0], [0, 0]] },
        { "one rating a unit", [[1, 0], [0, 1], [1, 0]] },
        { "one category", [[3, 0], [3, 0]] },
    };

    [Theory]
    [MemberData(nameof(Undefined))]
    public void Measure_WithoutAnythingToMeasure_IsAbsent(string what, int[][] units)
    {
        RatingCounts counts = RatingCounts.Of(2, units);

        Assert.True(KrippendorffAlpha.Nominal(counts) is null, what);
        Assert.True(KrippendorffAlpha.Ordinal(counts) is null, what);
        Assert.True(GwetAc1.Of(counts) is null, what);
    }

    [Fact]
    public void Alpha_WhereOnlyAnUnpairedRatingDiffers_IsAbsent() => Assert.Null(KrippendorffAlpha.Nominal(RatingCounts.Of(2, [[3, 0], [0, 1]])));

    [Fact]
    public void Measure_WithOneCategoryToChooseFrom_IsAbsent()
    {
        RatingCounts counts = RatingCounts.Of(1, [[3], [3]]);

        Assert.Equal((null, null, null), (KrippendorffAlpha.Nominal(counts), GwetAc1.Of(counts), FleissKappa.Of(counts)));
        Assert.Equal(1, counts.ObservedAgreement());
    }

    [Fact]
    public void Fleiss_OfOneCategoryOrNoUnits_IsAbsent()
    {
        Assert.Null(FleissKappa.Of(RatingCounts.Of(2, [[3, 0], [3, 0]])));
        Assert.Null(FleissKappa.Of(RatingCounts.Of(2, [])));
    }

    [Fact]
    public void Fleiss_OfRaggedUnits_IsRefused()
    {
        RatingCounts ragged = RatingCounts.Of(2, [[3, 0], [1, 1], [2, 1], [0, 3]]);

        Assert.Null(ragged.RatingsEach);
        Assert.Throws<ArgumentException>(() => FleissKappa.Of(ragged));
        Assert.Throws<ArgumentException>(() => FleissKappa.Of(RatingCounts.Of(2, [[1, 0], [0, 1]])));
        // By hand over the three units left: P̄ = (1 + 1/3 + 1)/3 = 7/9, p = 5/9 and 4/9, P_e = 41/81, κ = (63 − 41)/(81 − 41).
        Assert.Equal((3, 3), (ragged.With(3).Units, ragged.With(3).RatingsEach));
        Assert.Equal(22d / 40, FleissKappa.Of(ragged.With(3))!.Value, 1e-12);
    }

    [Fact]
    public void Measure_OfFullAgreementOnTwoCategories_IsOne()
    {
        RatingCounts counts = RatingCounts.Of(2, [[3, 0], [0, 3]]);

        Assert.Equal((1, 1, 1, 1), (KrippendorffAlpha.Nominal(counts)!.Value, KrippendorffAlpha.Ordinal(counts)!.Value, FleissKappa.Of(counts)!.Value, GwetAc1.Of(counts)!.Value));
    }

    [Fact]
    public void Agreement_WithoutPairs_IsAbsentAndPrevalenceIsNot()
    {
        RatingCounts single = RatingCounts.Of(2, [[1, 0], [0, 1], [1, 0], [0, 0]]);

        Assert.Null(single.ObservedAgreement());
        Assert.Equal([2d / 3, 1d / 3], single.Prevalence());
        Assert.Null(RatingCounts.Of(2, [[0, 0]]).Prevalence());
    }

    [Fact]
    public void Cohen_OfTwoWithoutCommonUnitsOrWithOneCategory_IsAbsent()
    {
        RatingTable apart = new(2, ["reviewer-a", "reviewer-b"], [[0, null], [null, 1]]);
        RatingTable alike = new(2, ["reviewer-a", "reviewer-b"], [[1, 1], [1, 1], [null, 0]]);

        Assert.Equal(new CohenKappa(null, null, 0), CohenKappa.Of(apart, "reviewer-a", "reviewer-b"));
        Assert.Null(CohenKappa.Of(apart, "reviewer-a", "reviewer-b").Value);
        Assert.Equal((1d, 1d, 2, null), (alike.Both().Observed, alike.Both().Expected, alike.Both().Units, alike.Both().Value));
    }

    [Fact]
    public void Table_OfWhatCannotBe_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RatingTable(2, ["reviewer-a", "reviewer-a"], []));
        Assert.Throws<ArgumentException>(() => new RatingTable(2, ["reviewer-a"], [[0, 1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingTable(2, ["reviewer-a"], [[2]]));
        Assert.Throws<ArgumentException>(() => new RatingTable(2, ["reviewer-a"], [[1]]).Pairs("reviewer-a", "reviewer-b"));
        Assert.Throws<ArgumentException>(() => RatingCounts.Of(2, [[1, 2, 3]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RatingCounts.Of(2, [[1, -1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(["allow"], [(0, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(["allow"], []).Recall(1));
    }

    [Fact]
    public void Confusion_WithACategoryThatNeverCame_HasNoFigureForIt()
    {
        ConfusionMatrix matrix = new(["allow", "violation"], [(0, 0), (0, 0)]);

        Assert.Equal((Figure.None, Figure.None), (matrix.Recall(1), matrix.Precision(1)));
        Assert.Equal(Figure.OfShare(2, 2), matrix.Recall(0));
    }
}

file static class Pairing
{
    public static CohenKappa Both(this RatingTable table) => CohenKappa.Of(table, "reviewer-a", "reviewer-b");
}
