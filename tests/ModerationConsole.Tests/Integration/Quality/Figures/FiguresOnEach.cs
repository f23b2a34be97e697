using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Statistics;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Figures;

/// <summary>Figures of a set worked out by hand, the same on each database.</summary>
public abstract class FiguresOnEach(IDatabaseServer server)
{
    private const double Exact = 1e-9;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accuracy_OfAnUnevenPlan_CountsEachStratumByItsSize()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);

        QualityFigures figures = await room.ReadAsync();

        // 200 of 1 000 at 32/40, 800 of 1 000 at 38/40: 0.2 · 0.8 + 0.8 · 0.95. All samples alike would give 70/80 = 0.875.
        Assert.Equal(0.92, figures.Accuracy.Share!.Value, Exact);
        // 0.2² · 0.16/40 · (1 − 40/200) + 0.8² · 0.0475/40 · (1 − 40/800) = 0.000128 + 0.000722
        Assert.Equal(0.00085, figures.Accuracy.Variance!.Value, Exact);
        Assert.Equal((80, 1_250L, 1_000L), (figures.Accuracy.Sampled, figures.Accuracy.Population, figures.Accuracy.Represented));
        Assert.InRange(figures.Accuracy.Low!.Value, 0.8, 0.92);
        Assert.InRange(figures.Accuracy.High!.Value, 0.92, 1);
        // Each judged one stands for 5 of the stratum, 20 of the rest: (10·8·5 + 1·2·20) / (10·40·5 + 1·40·20) = 440/2 800.
        Assert.Equal(440d / 2_800, figures.WeightedError.Value!.Value, Exact);
        Assert.Equal(new SampleCounts(86, 80, 10, 0, 2, 3, 1), figures.Samples);
        Assert.False(figures.PopulationEstimated);
        Assert.Equal((new DateOnly(2026, 2, 3), new DateOnly(2026, 3, 2), 0.95, 1), (figures.From, figures.To, figures.Target, figures.Plans));
    }

    [Fact]
    public async Task Policy_OfEachDecision_IsWeighedByItsOwnDecisions()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);

        QualityFigures figures = await room.ReadAsync();

        Assert.Equal([room.High.Id, null], figures.Policies.Select(row => row.PolicyId));
        // 200 at 32/40 and 100 at 9/10: 2/3 · 0.8 + 1/3 · 0.9.
        PolicyFigure high = figures.Policies[0];
        Assert.Equal(2.5 / 3, high.Accuracy.Share!.Value, Exact);
        Assert.Equal((50, 300L, 9, false), (high.Accuracy.Sampled, high.Accuracy.Population, high.Wrong, high.Accuracy.Figure.TooFew));
        // 700 at 29/30 and 250 of which nothing is known; too few to be told.
        PolicyFigure none = figures.Policies[1];
        Assert.Equal((29d / 30, 700d / 950), (none.Accuracy.Share!.Value, none.Accuracy.RepresentedShare));
        Assert.Equal((30, 1, true), (none.Accuracy.Sampled, none.Wrong, none.Accuracy.Figure.TooFew));
    }

    [Fact]
    public async Task Person_WithUnderFiftyJudgements_IsTooFewAndInOrderOfNames()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);

        QualityFigures figures = await room.ReadAsync();

        Assert.Equal([room.First.Id, room.Second.Id], figures.People.Select(row => row.PersonId));
        Assert.Equal(figures.People.Select(row => row.Name).Order(StringComparer.CurrentCultureIgnoreCase), figures.People.Select(row => row.Name));
        // The worse one comes first: the order is of names, not of values.
        Assert.Equal([0.8, 0.95], figures.People.Select(row => Math.Round(row.Accuracy.Share!.Value, 9)));
        Assert.Equal([(40, 200L, 8), (40, 800L, 2)], figures.People.Select(row => (row.Accuracy.Sampled, row.Accuracy.Population, row.Wrong)));
        Assert.All(figures.People, row => Assert.True(row.Accuracy.Figure.TooFew));
    }

    [Fact]
    public async Task Errors_AndDisputes_AreCountedInThePeriod()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);

        QualityFigures figures = await room.ReadAsync();

        Assert.Equal((ErrorKind.FalsePositive, 8), figures.Errors[0]);
        Assert.Equal([(ErrorKind.FalseNegative, 1), (ErrorKind.WrongPolicyOrAction, 1)], figures.Errors.Skip(1).OrderBy(row => row.Kind).Select(row => (row.Kind!.Value, row.Count)));
        Assert.Equal((RootCause.Slip, 8), figures.Causes[0]);
        Assert.Equal([null, RootCause.Knowledge], figures.Causes.Skip(1).Select(row => row.Cause).Order());
        // Three were decided in the period, one of them overturned; the fourth was before, the fifth is open.
        Assert.Equal((1d / 3, 3), (figures.Overturned.Value!.Value, figures.Overturned.N));
    }

    [Fact]
    public async Task Matrix_OfTheRandomShare_HoldsWhatWasDecidedAndWhatWasRight()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);

        ConfusionFigures confusion = (await room.ReadAsync()).Confusion;

        (int allow, int high, int low) = (Place(confusion, null), Place(confusion, room.High.Id), Place(confusion, room.Low.Id));
        // 28 + the one that a third person found right; 8 of the stratum + 9 of the rest.
        Assert.Equal((50, 29, 17), (confusion.Matrix.Total, confusion.Matrix[allow, allow], confusion.Matrix[high, high]));
        Assert.Equal((2, 1, 1), (confusion.Matrix[allow, high], confusion.Matrix[high, allow], confusion.Matrix[low, high]));
        Assert.Equal((29d / 31, 17d / 20, 0d), (confusion.Matrix.Recall(allow).Value, confusion.Matrix.Precision(high).Value, confusion.Matrix.Recall(low).Value));
    }

    /// <summary>
    /// First and second judgement of 50: allow-allow 28, high-high 17, high-allow 2, high-low 1, allow-high 2. Of 100 ratings 60 allow,
    /// 39 high, 1 low.
    /// </summary>
    [Fact]
    public async Task Agreement_OfFirstAndSecondJudgement_IsAsWorkedOutByHand()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);

        AgreementFigures agreement = (await room.ReadAsync()).Agreement;

        Assert.Equal((0.9, 50), (agreement.Raw.Value!.Value, agreement.Raw.N));
        // 1 − (10/100) · 9 900 / (100² − 60² − 39² − 1²)
        Assert.Equal(1 - (990d / 4_878), agreement.Nominal!.Value, Exact);
        // Allow, low, high in order: squared distances allow-high (30+1+19.5)², allow-low (30+0.5)², low-high (0.5+19.5)².
        Assert.Equal(1 - (99 * ((4 * 2_550.25) + 400) / ((2_340 * 2_550.25) + (60 * 930.25) + (39 * 400))), agreement.Ordinal!.Value, Exact);
        // First: 30 allow, 20 high. Second: 30 allow, 19 high, 1 low. Chance (30·30 + 20·19)/50² = 0.512.
        Assert.Equal((0.9 - 0.512) / 0.488, agreement.Cohen!.Value, Exact);
        Assert.Equal((0.9 - 0.5122) / 0.4878, agreement.Fleiss!.Value, Exact);
        // Chance (0.6·0.4 + 0.39·0.61 + 0.01·0.99)/2 = 0.2439.
        Assert.Equal((0.9 - 0.2439) / 0.7561, agreement.Ac1!.Value, Exact);
        // With the third: 105 ratings, 63 allow, 40 high, 2 low; five units differ in one pair each.
        Assert.Equal(1 - (104 * 5d / ((63 * 40) + (63 * 2) + (40 * 2))), agreement.WithThird!.Value, Exact);
        Assert.Equal((Verdict.Allow, 0.6), (agreement.Commonest!.Verdict, Math.Round(agreement.Prevalence!.Value, 9)));
    }

    [Fact]
    public async Task Filters_OneOrSeveral_NarrowSamplesAndWhatTheyStandFor()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);

        QualityFigures policy = await room.ReadAsync(new() { PolicyId = room.High.Id });
        QualityFigures both = await room.ReadAsync(new() { PolicyId = room.High.Id, PersonId = room.First.Id });
        QualityFigures nothing = await room.ReadAsync(new() { Language = "de" });
        QualityFigures week = await room.ReadAsync(new() { Period = FigurePeriod.Week });
        QualityFigures quarter = await room.ReadAsync(new() { Period = FigurePeriod.Quarter });

        Assert.Equal(2.5 / 3, policy.Accuracy.Share!.Value, Exact);
        Assert.Equal(300, policy.Accuracy.Population);
        // Nobody counts decisions by policy and person at once: 43 drawn at a rate of 0.2 stand for 215.
        Assert.Equal((true, 215L, 40), (both.PopulationEstimated, both.Accuracy.Population, both.Accuracy.Sampled));
        Assert.Equal(0.8, both.Accuracy.Share!.Value, Exact);
        Assert.Equal((0, null, 30L), (nothing.Samples.Drawn, nothing.Accuracy.Share, nothing.Accuracy.Population));
        Assert.Equal(["de"], nothing.Languages);
        Assert.Equal(1_000, week.Accuracy.Population);
        Assert.Equal((89, 11_249L), (quarter.Samples.Drawn, quarter.Accuracy.Population));
    }

    [Fact]
    public async Task Pending_UnderAFilter_IsKeptFromThoseWhoMayJudge()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);
        Caller counts = await console.PersonAsync(own: Permission.RunQuality);
        QualityQuestion second = new() { PersonId = room.Second.Id };

        QualityFigures forALead = await room.ReadAsync(second);
        QualityFigures forOneWhoNeverJudges = await console.Use<ReadQualityFigures>().RunAsync(counts, second, Cancel);

        Assert.Equal(new SampleCounts(41, 40, 2, 0, null, 0, 1), forALead.Samples);
        Assert.Equal(new SampleCounts(43, 40, 2, 0, 2, 0, 1), forOneWhoNeverJudges.Samples);
    }

    [Fact]
    public async Task Console_WithoutAnyPlan_TellsNothingAndFailsNowhere()
    {
        await using TestConsole console = await StartAsync();
        Caller lead = await console.PersonAsync(Core.People.Roles.Lead);

        QualityFigures figures = await console.Use<ReadQualityFigures>().RunAsync(lead, new QualityQuestion(), Cancel);

        Assert.Equal((0, Figure.None, Figure.None), (figures.Plans, figures.WeightedError, figures.Agreement.Raw));
        Assert.Null(figures.Accuracy.Share);
        Assert.Empty(figures.Policies);
        Assert.Empty(figures.People);
    }

    private static int Place(ConfusionFigures confusion, string? policy) => confusion.Classes.ToList().FindIndex(one => one.PolicyId == policy);

    private async Task<TestConsole> StartAsync() => await TestConsole.StartAsync(await server.EmptyAsync());
}

/// <summary>On SQLite.</summary>
public sealed class FileFigureTests(SqliteFiles server) : FiguresOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresFigureTests(PostgresServer server) : FiguresOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerFigureTests(SqlServerDatabases server) : FiguresOnEach(server), IClassFixture<SqlServerDatabases>;
