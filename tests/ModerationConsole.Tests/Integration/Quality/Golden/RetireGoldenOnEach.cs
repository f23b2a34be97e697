using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>A golden case that measures no more is retired by itself, and what of it waits goes.</summary>
public abstract class RetireGoldenOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Golden_RetiredByHand_IsGivenToNobodyAndWhatWaitsOfItGoes()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (_, Guid golden) = await room.GoldenAsync();
        await room.WorkAsync();
        long task = Assert.Single(await room.AnswersAsync()).TaskNumber;

        ChangeGoldenOutcome first = await room.Console.Use<RetireGolden>().RunAsync(room.Lead, golden, Cancel);
        ChangeGoldenOutcome again = await room.Console.Use<RetireGolden>().RunAsync(room.Lead, golden, Cancel);
        ChangeGoldenOutcome unknown = await room.Console.Use<RetireGolden>().RunAsync(room.Lead, Guid.NewGuid(), Cancel);

        Assert.Equal((ChangeGoldenOutcome.Changed, ChangeGoldenOutcome.NotSo, ChangeGoldenOutcome.NotFound), (first, again, unknown));
        Assert.Equal((GoldenState.Retired, GoldenRetirement.ByHand), await StateAsync(room, golden));
        Assert.Equal(TaskState.Withdrawn, (await room.Console.TaskAsync(task)).State);
        Assert.Empty(await room.AnswersAsync());
        AuditEntry entry = await room.Console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.GoldenRetired, Cancel));
        Assert.Equal((room.Lead.Id, golden.ToString()), (entry.ActorId, entry.Subject));
    }

    [Fact]
    public async Task Policy_InANewVersion_RetiresWhatWasAgreedUnderTheOldOne()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (_, Guid golden) = await room.GoldenAsync();
        (_, Guid ofNoPolicy) = await room.GoldenAsync(Verdict.Allow);
        await room.PassAsync();
        Assert.Equal((GoldenState.Active, null), await StateAsync(room, golden));

        await room.RewritePolicyAsync();
        await room.PassAsync();

        Assert.Equal((GoldenState.Retired, GoldenRetirement.PolicyChanged), await StateAsync(room, golden));
        Assert.Equal((GoldenState.Active, null), await StateAsync(room, ofNoPolicy));
    }

    [Fact]
    public async Task Case_ThatBecomesChildSafety_LeavesTheDeskAndEveryList()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid golden) = await room.GoldenAsync();
        await room.WorkAsync();
        LeasedTask shown = await room.Console.ClaimAsync(room.Moderator);
        await room.ChangeAsync(about, row => row.Sensitivity = Sensitivity.ChildSafety);
        Assert.Empty(await room.Console.Use<ListGolden>().RunAsync(room.Lead, Cancel));
        Assert.Null(await room.Console.Use<ReadGolden>().RunAsync(room.Lead, golden, Cancel));
        Assert.Equal(ChangeGoldenOutcome.NotFound, await room.Console.Use<RetireGolden>().RunAsync(room.Lead, golden, Cancel));

        await room.PassAsync();

        Assert.Equal((GoldenState.Retired, GoldenRetirement.CaseGone), await StateAsync(room, golden));
        Assert.Equal(TaskState.Withdrawn, (await room.Console.TaskAsync(shown.TaskNumber)).State);
        Assert.Empty(await room.Console.ReadAsync(db => db.Set<ActiveLease>().ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Decision_ThatIsReplaced_RetiresWhatWasAgreedByIt()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid decision) = await room.DecidedAsync();
        Guid golden = await room.MakeAsync(about);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(11));

        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, decision, "It was satire", Cancel);
        await room.PassAsync();

        Assert.Equal((GoldenState.Retired, GoldenRetirement.DecisionReplaced), await StateAsync(room, golden));
    }

    [Theory]
    [InlineData(5, 10, 3, true)]
    [InlineData(5, 10, 2, false)]
    [InlineData(4, 10, 4, false)]
    [InlineData(5, 9, 5, false)]
    public async Task Golden_FailedByMostStrongReviewers_IsRetiredAndCountsForNobody(int strong, int others, int failed, bool retired)
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid golden) = await room.GoldenAsync();
        List<Guid> people = [];
        for (int number = 0; number < strong; number++)
        {
            people.Add((await room.Console.PersonAsync()).Id);
        }

        // Weak ones fail it as well, and say nothing of it.
        Guid[] weak = [(await room.Console.PersonAsync()).Id, (await room.Console.PersonAsync()).Id];
        await AnswersAsync(room, about, golden, [.. people.Select((person, place) => (person, place >= failed)), .. weak.Select(person => (person, false))]);
        for (int other = 0; other < others; other++)
        {
            (Case elsewhere, Guid another) = await room.GoldenAsync();
            await AnswersAsync(room, elsewhere, another, [.. people.Select(person => (person, true)), .. weak.Select(person => (person, other % 2 == 0))]);
        }

        await room.PassAsync();

        Assert.Equal(retired ? (GoldenState.Retired, GoldenRetirement.StrongReviewersFailed) : (GoldenState.Active, null), await StateAsync(room, golden));
        Assert.All((await room.AnswersAsync()).Where(row => row.GoldenId == golden), row => Assert.Equal(!retired, row.Scored));
        Assert.All((await room.AnswersAsync()).Where(row => row.GoldenId != golden), row => Assert.True(row.Scored));
    }

    [Fact]
    public async Task Figures_OfAGoldenCase_AreToldFromTenAnswersOnAndNameNobody()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, Guid golden) = await room.GoldenAsync();
        List<Guid> people = [];
        for (int number = 0; number < GoldenFigure.Fewest; number++)
        {
            people.Add((await room.Console.PersonAsync()).Id);
        }

        await AnswersAsync(room, about, golden, [.. people.Skip(1).Select(person => (person, true))]);
        GoldenView few = (await room.Console.Use<ReadGolden>().RunAsync(room.Lead, golden, Cancel))!;
        await AnswersAsync(room, about, golden, [(people[0], false)]);
        GoldenView enough = (await room.Console.Use<ReadGolden>().RunAsync(room.Expert, golden, Cancel))!;

        Assert.Equal((9, 9, null, null), (few.Figure.Given, few.Figure.Answered, few.Figure.Passed, few.Figure.Interval));
        Assert.Equal((10, 10, 9), (enough.Figure.Given, enough.Figure.Answered, enough.Figure.Passed));
        Assert.Equal(WilsonInterval.Of(9, 10), enough.Figure.Interval);
        Assert.Equal(enough.Figure, Assert.Single(await room.Console.Use<ListGolden>().RunAsync(room.Lead, Cancel)).Figure);
        string told = System.Text.Json.JsonSerializer.Serialize(enough);
        List<string> names = await room.Console.ReadAsync(db => db.Set<Core.People.Moderator>().Where(row => people.Contains(row.Id)).Select(row => row.DisplayName).ToListAsync(Cancel));
        Assert.Equal(10, names.Count);
        Assert.DoesNotContain(names, name => told.Contains($"\"{name}\"", StringComparison.Ordinal));
    }

    private static async Task<(GoldenState, GoldenRetirement?)> StateAsync(GoldenRoom room, Guid id)
    {
        GoldenCase golden = await room.GoldenNowAsync(id);
        return (golden.State, golden.Retirement);
    }

    // Answers as they are stored when their time to be undone is over.
    private static Task<int> AnswersAsync(GoldenRoom room, Case about, Guid golden, (Guid Person, bool Passed)[] answers) => room.Console.WriteAsync(async scope =>
    {
        foreach ((Guid person, bool passed) in answers)
        {
            Decision decision = await room.JudgeAsync(scope, about, TaskKind.Golden, person, Verdict.Allow);
            scope.Db.Add(new GoldenAnswer
            {
                GoldenId = golden, PersonId = person, TaskNumber = decision.TaskNumber, GivenAt = scope.Now, DecisionId = decision.Id, AnsweredAt = scope.Now, Passed = passed,
            });
        }

        return 0;
    });
}

/// <summary>On SQLite.</summary>
public sealed class FileRetireGoldenTests(SqliteFiles server) : RetireGoldenOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresRetireGoldenTests(PostgresServer server) : RetireGoldenOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerRetireGoldenTests(SqlServerDatabases server) : RetireGoldenOnEach(server), IClassFixture<SqlServerDatabases>;
