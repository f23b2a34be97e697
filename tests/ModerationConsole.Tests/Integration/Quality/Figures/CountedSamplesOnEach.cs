using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Figures;

/// <summary>Which samples a figure rests on, and from when.</summary>
public abstract class CountedSamplesOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Whoever explains late must not make figures better than they are: what is found wrong counts from that moment.</summary>
    [Fact]
    public async Task Figures_WhileOnlyExplanationsAreOutstanding_AreWhatTheyAreAfterwards()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);
        QualityQuestion[] questions = [new(), new() { PolicyId = room.High.Id }, new() { PersonId = room.First.Id }];
        await EachWrongAsync(console, sample => (sample.State, sample.ReleasedAt) = (SampleState.ToExplain, null));

        List<QualityFigures> before = await AllAsync();
        await EachWrongAsync(console, sample => sample.Explain(sample.Error!.Value, sample.Cause ?? RootCause.Tool, "It is a quotation.", console.Clock.GetUtcNow()));
        List<QualityFigures> after = await AllAsync();

        Assert.Equal([10, 9, 8], before.Select(figures => figures.Samples.ToExplain));
        foreach ((QualityFigures open, QualityFigures explained) in before.Zip(after))
        {
            Assert.Equal(explained.Samples with { ToExplain = open.Samples.ToExplain }, open.Samples);
            Assert.Equal(0, explained.Samples.ToExplain);
            Assert.Equal(Shares(explained), Shares(open));
            Assert.Equal(Counts(explained), Counts(open));
        }

        async Task<List<QualityFigures>> AllAsync()
        {
            List<QualityFigures> all = [];
            foreach (QualityQuestion question in questions)
            {
                all.Add(await room.ReadAsync(question));
            }

            return all;
        }
    }

    [Fact]
    public async Task Samples_OfAQueueALanguageOrAProgram_AreCountedWhereTheyBelong()
    {
        await using TestConsole console = await StartAsync();
        FigureRoom room = await FigureRoom.OpenAsync(console);
        Guid queue = (await console.QueueAsync()).Id;
        await console.WriteAsync(async scope =>
        {
            Guid[] right = await scope.Db.Set<QualitySample>().Where(row => row.StratumId == null && row.Scored && row.Wrong == false)
                .OrderBy(row => row.Id).Select(row => row.Id).Take(12).ToArrayAsync(Cancel);
            (Guid[] german, Guid[] elsewhere) = (right[..5], right[5..]);
            await scope.Db.Set<QualitySample>().Where(row => german.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Language, "de"), Cancel);
            await scope.Db.Set<QualitySample>().Where(row => elsewhere.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.QueueId, queue), Cancel);
            Guid program = german[0];
            return await scope.Db.Set<QualitySample>().Where(row => row.Id == program).ExecuteUpdateAsync(set => set.SetProperty(row => row.DeciderId, (Guid?)null), Cancel);
        });

        Assert.Equal((5, 5), Told(await room.ReadAsync(new() { Language = "de" })));
        Assert.Equal((7, 7), Told(await room.ReadAsync(new() { QueueId = queue })));
        QualityFigures all = await room.ReadAsync();
        Assert.Equal(80, all.Samples.Judged);
        // What a program decided is nobody's.
        Assert.Equal([40, 39], all.People.Select(row => row.Accuracy.Sampled));

        static (int Drawn, int Judged) Told(QualityFigures figures) => (figures.Samples.Drawn, figures.Samples.Judged);
    }

    private static Task<int> EachWrongAsync(TestConsole console, Action<QualitySample> change) => console.WriteAsync(async scope =>
    {
        List<QualitySample> wrong = await scope.Db.Set<QualitySample>().Where(row => row.Scored && row.Wrong == true).ToListAsync(Cancel);
        wrong.ForEach(change);
        return wrong.Count;
    });

    private static IEnumerable<double?> Shares(QualityFigures figures) => new[]
    {
        figures.Accuracy.Share, figures.Accuracy.Low, figures.Accuracy.High, figures.WeightedError.Value, figures.WeightedError.Low, figures.WeightedError.High,
        figures.Overturned.Value, figures.Agreement.Raw.Value, figures.Agreement.Nominal, figures.Agreement.Ordinal, figures.Agreement.WithThird,
        figures.Agreement.Cohen, figures.Agreement.Fleiss, figures.Agreement.Ac1, figures.Agreement.Prevalence,
    }.Concat(figures.Policies.Select(row => row.Accuracy.Share)).Concat(figures.People.Select(row => row.Accuracy.Share))
        .Select(share => share is { } known ? Math.Round(known, 9) : share);

    private static IEnumerable<int> Counts(QualityFigures figures) =>
    [
        figures.Accuracy.Sampled, figures.WeightedError.N, figures.Agreement.Raw.N, .. figures.Policies.SelectMany(row => new[] { row.Wrong, row.Accuracy.Sampled }),
        .. figures.People.SelectMany(row => new[] { row.Wrong, row.Accuracy.Sampled }), .. figures.Errors.OrderBy(row => row.Kind).Select(row => row.Count),
        .. from truth in Enumerable.Range(0, figures.Confusion.Classes.Count)
           from decided in Enumerable.Range(0, figures.Confusion.Classes.Count)
           select figures.Confusion.Matrix[truth, decided],
    ];

    private async Task<TestConsole> StartAsync() => await TestConsole.StartAsync(await server.EmptyAsync());
}

/// <summary>On SQLite.</summary>
public sealed class FileCountedSamplesTests(SqliteFiles server) : CountedSamplesOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresCountedSamplesTests(PostgresServer server) : CountedSamplesOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerCountedSamplesTests(SqlServerDatabases server) : CountedSamplesOnEach(server), IClassFixture<SqlServerDatabases>;
