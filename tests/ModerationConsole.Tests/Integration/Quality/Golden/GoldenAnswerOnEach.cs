using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>An answer is held against what was agreed, and nothing else follows from it.</summary>
public abstract class GoldenAnswerOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_AsAgreed_PassesWhateverTheOrderOfItsActions()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        string second = (await room.Console.ActionAsync()).Id;
        (Case about, ReviewTask task) = await room.Console.CaseAsync(room.Queue);
        ActiveLease lease = await room.Console.HoldAsync(room.Author, task);
        await room.DecideAsync(room.Author, new LeasedTaskPlace(task.Number, lease.Fence), Verdict.Violation, actions: [room.Action.Id, second]);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(11));
        await room.MakeAsync(about);
        await room.WorkAsync();

        Guid decision = await room.AnswerAsync(Verdict.Violation, actions: [second, room.Action.Id]);

        GoldenAnswer answer = Assert.Single(await room.AnswersAsync());
        Assert.Equal((decision, room.Console.Clock.GetUtcNow(), true, true), (answer.DecisionId, answer.AnsweredAt, answer.Passed, answer.Scored));
        AuditEntry entry = await room.Console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.GoldenAnswered, Cancel));
        Assert.Equal((room.Moderator.Id, answer.TaskNumber, answer.GoldenId.ToString()), (entry.ActorId, entry.TaskNumber, entry.Subject));
    }

    [Theory]
    [InlineData("verdict")]
    [InlineData("policy")]
    [InlineData("actions")]
    public async Task Answer_OtherThanAgreed_Fails(string difference)
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        string other = (await room.Console.PolicyAsync()).Id;
        await room.GoldenAsync();
        await room.WorkAsync();

        await room.AnswerAsync(
            difference == "verdict" ? Verdict.Allow : Verdict.Violation, difference == "policy" ? other : null, difference == "actions" ? [] : null);

        Assert.Equal(false, Assert.Single(await room.AnswersAsync()).Passed);
    }

    /// <summary>To ask is not to fail, and whoever asked gets others.</summary>
    [Fact]
    public async Task Golden_HandedOn_CountsNeitherWayAndMakesRoomForTheNext()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        await room.Console.QueueAsync(kind: QueueKind.Expert);
        await room.GoldenAsync();
        await room.GoldenAsync();
        await room.WorkAsync();
        LeasedTask drawn = await room.Console.ClaimAsync(room.Moderator);

        EscalateResult result = await room.Console.Use<EscalateCase>().RunAsync(room.Moderator, drawn.TaskNumber, drawn.Fence, "Is this satire?", Cancel);
        await room.PassAsync();
        GoldenAnswer first = Assert.Single(await room.AnswersAsync());
        await room.WorkAsync();

        Assert.Equal(EscalateOutcome.Escalated, result.Outcome);
        Assert.Equal((room.Console.Clock.GetUtcNow(), null, null, false), (first.AnsweredAt, first.DecisionId, first.Passed, first.Scored));
        List<GoldenAnswer> answers = await room.AnswersAsync();
        Assert.Equal(2, answers.Select(row => row.GoldenId).Distinct().Count());
        GoldenView shown = (await room.Console.Use<ReadGolden>().RunAsync(room.Expert, first.GoldenId, Cancel))!;
        Assert.Equal((1, 0), (shown.Figure.Given, shown.Figure.Answered));
    }

    [Fact]
    public async Task Golden_HandedOn_IsNotGivenToTheSamePersonAgain()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        await room.Console.QueueAsync(kind: QueueKind.Expert);
        await room.GoldenAsync();
        await room.WorkAsync();
        LeasedTask drawn = await room.Console.ClaimAsync(room.Moderator);
        await room.Console.Use<EscalateCase>().RunAsync(room.Moderator, drawn.TaskNumber, drawn.Fence, "Is this satire?", Cancel);
        await room.PassAsync();

        await room.WorkAsync();

        Assert.Equal(drawn.TaskNumber, Assert.Single(await room.AnswersAsync()).TaskNumber);
    }

    [Fact]
    public async Task FailedAnswer_HasNoConsequenceButItsRecord()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, _) = await room.GoldenAsync(Verdict.Allow);
        await room.WorkAsync();
        room.Console.Clock.Advance(TimeSpan.FromMinutes(2));
        await room.Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);
        long task = Assert.Single(await room.AnswersAsync()).TaskNumber;
        string before = await StateAsync(room, about);
        List<AuditAct> acts = await ActsAsync(room);

        await room.AnswerAsync(Verdict.Violation);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(2));
        await room.PassAsync();
        await room.Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);

        Assert.Equal(false, Assert.Single(await room.AnswersAsync()).Passed);
        Assert.Equal(before, await StateAsync(room, about));
        Assert.Empty(await room.Console.ReadAsync(db => db.Set<EnforcementAction>().Where(row => row.CaseNumber == about.Number).ToListAsync(Cancel)));
        Assert.Equal(
            new[] { AuditAct.TaskLeased, AuditAct.DecisionMade, AuditAct.GoldenAnswered },
            (await ActsAsync(room)).Skip(acts.Count).Order());
        Assert.Equal(TaskState.Done, (await room.Console.TaskAsync(task)).State);
    }

    [Fact]
    public async Task Answer_Undone_IsAskedAgain()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        await room.GoldenAsync();
        await room.WorkAsync();
        Guid decision = await room.AnswerAsync(Verdict.Allow);

        UndoResult undone = await room.Console.Use<UndoDecision>().RunAsync(room.Moderator, decision, Cancel);

        Assert.Equal(UndoOutcome.Undone, undone.Outcome);
        GoldenAnswer answer = Assert.Single(await room.AnswersAsync());
        Assert.Equal((null, null, null), (answer.DecisionId, answer.AnsweredAt, answer.Passed));
        await room.DecideAsync(room.Moderator, new LeasedTaskPlace(undone.Task!.TaskNumber, undone.Task.Fence), Verdict.Violation);
        Assert.Equal(true, Assert.Single(await room.AnswersAsync()).Passed);
    }

    [Fact]
    public async Task Answer_ToACaseRetiredMeanwhile_DoesNotCount()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (_, Guid golden) = await room.GoldenAsync();
        await room.WorkAsync();
        LeasedTask drawn = await room.Console.ClaimAsync(room.Moderator);

        await room.Console.Use<RetireGolden>().RunAsync(room.Lead, golden, Cancel);
        await room.PassAsync();
        await room.DecideAsync(room.Moderator, new LeasedTaskPlace(drawn.TaskNumber, drawn.Fence), Verdict.Allow);

        GoldenAnswer answer = Assert.Single(await room.AnswersAsync());
        Assert.Equal((false, false), (answer.Passed, answer.Scored));
    }

    // Roles, permissions, queues, limits and the case itself, as they are stored.
    private static Task<string> StateAsync(GoldenRoom room, Case about) => room.Console.ReadAsync(async db => System.Text.Json.JsonSerializer.Serialize(new object[]
    {
        await db.UserRoles.OrderBy(row => row.UserId).ToListAsync(Cancel),
        await db.Users.OrderBy(row => row.Id).ToListAsync(Cancel),
        await db.Set<Moderator>().OrderBy(row => row.Id).ToListAsync(Cancel),
        await db.Set<PersonPermission>().ToListAsync(Cancel),
        await db.Set<QueueAccess>().OrderBy(row => row.Id).ToListAsync(Cancel),
        await db.Set<ShiftPlan>().ToListAsync(Cancel),
        await db.Set<Case>().Where(row => row.Number == about.Number).ToListAsync(Cancel),
        await db.Set<CaseEvent>().Where(row => row.CaseNumber == about.Number).OrderBy(row => row.Sequence).ToListAsync(Cancel),
        await db.Set<EnforcementAction>().Where(row => row.CaseNumber == about.Number).ToListAsync(Cancel),
    }));

    private static Task<List<AuditAct>> ActsAsync(GoldenRoom room) =>
        room.Console.ReadAsync(db => db.Set<AuditEntry>().OrderBy(row => row.Id).Select(row => row.Act).ToListAsync(Cancel));
}

/// <summary>On SQLite.</summary>
public sealed class FileGoldenAnswerTests(SqliteFiles server) : GoldenAnswerOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresGoldenAnswerTests(PostgresServer server) : GoldenAnswerOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerGoldenAnswerTests(SqlServerDatabases server) : GoldenAnswerOnEach(server), IClassFixture<SqlServerDatabases>;
