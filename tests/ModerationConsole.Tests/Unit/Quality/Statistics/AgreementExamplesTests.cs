using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Tests.Unit.Quality.Statistics;

/// <summary>Worked examples from the literature, each with where it stands.</summary>
public sealed class AgreementExamplesTests
{
    // Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D: four observers, twelve units, values 1 to 5.
    // The same ratings are cac.raw4raters in K. L. Gwet's R package irrCAC.
    private static readonly string[] s_observers = ["123321412...", "1233224125..", ".33323422513", "12332441251."];

    // distrib.6raters in irrCAC: six psychiatrists, fifteen patients; depression, personality disorder, schizophrenia, neurosis, other.
    private static readonly RatingCounts s_psychiatrists = Counts(
        5, "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006", "10050", "11040", "03300", "10050", "02031");

    [Fact]
    public void Krippendorff_FourObserversTwelveUnits_GivesHisAlphas()
    {
        RatingCounts counts = Observers().Counts();

        Assert.Equal(.743, KrippendorffAlpha.Nominal(counts)!.Value, .0005);
        Assert.Equal(.815, KrippendorffAlpha.Ordinal(counts)!.Value, .0005);
        // 41 ratings, one of them alone with its unit.
        Assert.Equal((12, 11), (counts.Units, counts.PairableUnits));
    }

    [Fact]
    public void Gwet_FourRatersWithGaps_GivesThePackagesFigures()
    {
        RatingCounts counts = Observers().Counts();

        Assert.Equal(.8181818, counts.ObservedAgreement()!.Value, 1e-7);
        Assert.Equal(.77544, GwetAc1.Of(counts)!.Value, .000005);
        Assert.Equal(.74342, KrippendorffAlpha.Nominal(counts)!.Value, .000005);
    }

    [Fact]
    public void Gwet_SixPsychiatrists_GivesThePackagesFigures()
    {
        Assert.Equal(.5511111, s_psychiatrists.ObservedAgreement()!.Value, 1e-7);
        Assert.Equal(.4139265, FleissKappa.Of(s_psychiatrists)!.Value, 1e-7);
        Assert.Equal(.4204384, KrippendorffAlpha.Nominal(s_psychiatrists)!.Value, 1e-7);
        Assert.Equal(.4448007, GwetAc1.Of(s_psychiatrists)!.Value, 1e-7);
    }

    // The worked example of Wikipedia's "Fleiss' kappa": fourteen raters, ten subjects, five categories.
    [Fact]
    public void Fleiss_FourteenRatersTenSubjects_Gives210()
    {
        RatingCounts counts = RatingCounts.Of(5,
        [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ]);

        Assert.Equal(.378, counts.ObservedAgreement()!.Value, .0005);
        Assert.Equal([.143, .200, .279, .150, .229], counts.Prevalence()!.Select(share => Math.Round(share, 3)));
        Assert.Equal(.210, FleissKappa.Of(counts)!.Value, .0005);
    }

    // The worked example of Wikipedia's "Cohen's kappa": fifty proposals, 20 yes of both, 15 no of both, 5 and 10 split.
    [Fact]
    public void Cohen_FiftyProposals_Gives40()
    {
        CohenKappa kappa = CohenKappa.Of(Crossed(2, [20, 5, 10, 15]), "A", "B");

        Assert.Equal((.7, .5, 50), (kappa.Observed, kappa.Expected, kappa.Units));
        Assert.Equal(.4, kappa.Value!.Value, 1e-12);
    }

    // cont3x3abstractors in irrCAC: two abstractors, one hundred pregnancies, three categories.
    [Fact]
    public void Cohen_TwoAbstractors_GivesThePackagesFigures()
    {
        RatingTable table = Crossed(3, [13, 0, 0, 0, 20, 7, 0, 4, 56]);

        Assert.Equal(.7964094, CohenKappa.Of(table, "A", "B").Value!.Value, 1e-7);
        Assert.Equal(.8493305, GwetAc1.Of(table.Counts())!.Value, 1e-7);
        Assert.Equal(.7972585, KrippendorffAlpha.Nominal(table.Counts())!.Value, 1e-7);
        // Scott's pi is Fleiss' kappa of two raters.
        Assert.Equal(.7962397, FleissKappa.Of(table.Counts())!.Value, 1e-7);
    }

    // The paradox of prevalence (A. R. Feinstein and D. V. Cicchetti, Journal of Clinical Epidemiology 43, 1990): 94 no of both, 2 yes
    // of both, 4 split. Chance agreement .04² + .96² = .9232 for kappa, 2·.04·.96 = .0768 for AC1.
    [Fact]
    public void Kappa_WithOneCategoryNearlyAlways_FallsWhereAc1DoesNot()
    {
        RatingTable table = Crossed(2, [94, 2, 2, 2]);

        Assert.Equal(.96, table.Counts().ObservedAgreement()!.Value, 1e-12);
        Assert.Equal(.48, CohenKappa.Of(table, "A", "B").Value!.Value, .005);
        Assert.Equal(.96, GwetAc1.Of(table.Counts())!.Value, .005);
        Assert.Equal([.96, .04], table.Counts().Prevalence()!.Select(share => Math.Round(share, 12)));
    }

    private static RatingTable Observers() => new(5, ["A", "B", "C", "D"], Enumerable.Range(0, 12).Select(unit =>
        s_observers.Select(values => char.IsDigit(values[unit]) ? values[unit] - '1' : (int?)null).ToArray()));

    private static RatingCounts Counts(int categories, params string[] units) =>
        RatingCounts.Of(categories, units.Select(unit => unit.Select(count => count - '0').ToArray()));

    // A table of counts, the first rater's categories down, the second one's across, as one row a unit.
    private static RatingTable Crossed(int categories, int[] cells) => new(categories, ["A", "B"], cells.SelectMany((count, cell) =>
        Enumerable.Repeat(new int?[] { cell / categories, cell % categories }, count)));
}
