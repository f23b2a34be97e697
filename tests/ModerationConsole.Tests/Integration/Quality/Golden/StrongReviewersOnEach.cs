using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>Who counts as right otherwise, where five people fail a golden case.</summary>
public abstract class StrongReviewersOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public async Task People_WhoseDecisionsWereFoundRight_AreStrongWhereThoseWereDrawnAtRandomAndCount(bool random, bool scored, bool retired)
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid golden) = await room.GoldenAsync();
        List<Guid> people = await FailAsync(room, about, golden);
        SampleSet set = new() { CaseNumber = about.Number, QueueId = room.Queue.Id, At = room.Console.Clock.GetUtcNow() };
        await room.Console.WriteAsync(async scope =>
        {
            set.AddPlan(scope, room.Lead.Id);
            foreach (Guid person in people)
            {
                await set.AddAsync(scope, StrongReviewers.FewestJudged, new SampleKind { DeciderId = person, Random = random, Scored = scored });
            }

            return 0;
        });

        await room.PassAsync();

        Assert.Equal(retired ? GoldenRetirement.StrongReviewersFailed : null, (await room.GoldenNowAsync(golden)).Retirement);
    }

    [Theory]
    [InlineData("as they are", true)]
    [InlineData("not scored", false)]
    [InlineData("still undoable", false)]
    [InlineData("one too few, this one counted as another", false)]
    public async Task Answers_ToOthersAndToThisOne_CountWhereTheyAreFinalAndScored(string how, bool retired)
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid golden) = await room.GoldenAsync();
        List<Guid> people = await FailAsync(room, about, golden);
        bool lacking = how.StartsWith("one too few", StringComparison.Ordinal);
        for (int other = lacking ? 1 : 0; other < StrongReviewers.FewestJudged; other++)
        {
            (Case elsewhere, Guid another) = await room.GoldenAsync();
            await AnswerAsync(room, elsewhere, another, people, passed: true, scored: how != "not scored");
        }

        await room.Console.WriteAsync(async scope =>
        {
            // Nine of ten right would do.
            (await scope.Db.Set<QualitySettings>().SingleAsync(Cancel)).TargetAccuracy = lacking ? 0.9 : 0.95;
            DateTimeOffset until = scope.Now.AddMinutes(how == "still undoable" ? 1 : -1);
            return await scope.Db.Set<Decision>().Where(row => row.CaseNumber == about.Number && people.Contains(row.DeciderId!.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UndoUntil, until), Cancel);
        });
        await room.PassAsync();

        Assert.Equal(retired ? GoldenRetirement.StrongReviewersFailed : null, (await room.GoldenNowAsync(golden)).Retirement);
    }

    private static async Task<List<Guid>> FailAsync(GoldenRoom room, Case about, Guid golden)
    {
        List<Guid> people = [];
        for (int number = 0; number < StrongReviewers.FewestAnswers; number++)
        {
            people.Add((await room.Console.PersonAsync()).Id);
        }

        await AnswerAsync(room, about, golden, people, passed: false, scored: true);
        return people;
    }

    private static Task<int> AnswerAsync(GoldenRoom room, Case about, Guid golden, List<Guid> people, bool passed, bool scored) => room.Console.WriteAsync(async scope =>
    {
        foreach (Guid person in people)
        {
            Decision decision = await room.JudgeAsync(scope, about, TaskKind.Golden, person, Verdict.Allow);
            scope.Db.Add(new GoldenAnswer
            {
                GoldenId = golden, PersonId = person, TaskNumber = decision.TaskNumber, GivenAt = scope.Now, DecisionId = decision.Id, AnsweredAt = scope.Now,
                Passed = passed, Scored = scored,
            });
        }

        return 0;
    });
}

/// <summary>On SQLite.</summary>
public sealed class FileStrongReviewersTests(SqliteFiles server) : StrongReviewersOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresStrongReviewersTests(PostgresServer server) : StrongReviewersOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerStrongReviewersTests(SqlServerDatabases server) : StrongReviewersOnEach(server), IClassFixture<SqlServerDatabases>;
