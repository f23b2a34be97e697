using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>Golden cases come amid a person's own work, once each, and only where they measure something.</summary>
public abstract class MixInOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_WithinTheRate_BringsItsAuthorAGoldenCaseLikeAnyWork()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync(), shape: queue => queue.DeadlineMinutes = 90);
        (Case about, Guid golden) = await room.GoldenAsync();

        await room.WorkAsync();
        await room.PassAsync();

        GoldenAnswer given = Assert.Single(await room.AnswersAsync());
        ReviewTask task = await room.Console.TaskAsync(given.TaskNumber);
        DateTimeOffset now = room.Console.Clock.GetUtcNow();
        Assert.Equal((golden, room.Moderator.Id, now, null), (given.GoldenId, given.PersonId, given.GivenAt, given.AnsweredAt));
        Assert.Equal((TaskKind.Golden, room.Queue.Id, about.Number, 50, now.AddMinutes(90)), (task.Kind, task.QueueId, task.CaseNumber, task.Priority, task.DueAt));
        Assert.Equal((await room.GoldenNowAsync(golden)).DecisionId, task.JudgesAgain);
        Assert.Equal(given.TaskNumber, (await room.Console.ClaimAsync(room.Moderator)).TaskNumber);
        Assert.Equal(1, await room.AuditedAsync(AuditAct.GoldenGiven));
    }

    [Fact]
    public async Task GoldenCase_AnsweredOnce_IsNotGivenToTheSamePersonAgain()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (_, Guid first) = await room.GoldenAsync();
        (_, Guid second) = await room.GoldenAsync();
        for (int times = 0; times < 4; times++)
        {
            await room.WorkAsync();
            if ((await room.AnswersAsync()).Any(row => row.AnsweredAt is null))
            {
                await room.AnswerAsync(Verdict.Allow);
            }

            room.Console.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        List<GoldenAnswer> answers = await room.AnswersAsync();
        Assert.Equal(new[] { first, second }.Order(), answers.Select(row => row.GoldenId).Order());
        Assert.All(answers, row => Assert.NotNull(row.AnsweredAt));
    }

    [Fact]
    public async Task Decision_WithAGoldenCaseStillWaiting_BringsNoSecondOne()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        await room.GoldenAsync();
        await room.GoldenAsync();

        await room.WorkAsync();
        await room.WorkAsync();

        Assert.Single(await room.AnswersAsync());
    }

    public static TheoryData<string> Reasons => ["rate", "own", "comment", "coaching", "vote", "made", "severe", "severe since", "other queue", "language", "policy", "child safety", "open again", "retired", "nothing"];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task GoldenCase_ThatWouldNotMeasure_IsNotGivenForThatReasonAlone(string why)
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync(), rate: why == "rate" ? 0 : 1);
        TestConsole console = room.Console;
        CaseQueue other = await console.QueueAsync([room.Author, room.Moderator]);
        (Case about, Guid golden) = await room.GoldenAsync(
            queue: why == "other queue" ? other : null, severity: why == "severe" ? Severity.Severe : Severity.None, language: why == "language" ? "de-AT" : null,
            by: why == "own" ? room.Moderator : null);
        if (why == "comment")
        {
            Assert.Equal(CommentOutcome.Written, await console.Use<CommentOnCase>().RunAsync(room.Moderator, about.Number, "I know this one", Cancel));
        }
        else if (why is "coaching" or "vote" or "made")
        {
            await room.KnowAsync(about, golden, why);
        }
        else if (why is "severe since" or "child safety")
        {
            await room.ChangeAsync(about, row => row.Sensitivity = why == "child safety" ? Sensitivity.ChildSafety : Sensitivity.Severe);
        }
        else if (why == "open again")
        {
            await room.ChangeAsync(about, row => row.Reopen());
        }
        else if (why == "retired")
        {
            Assert.Equal(ChangeGoldenOutcome.Changed, await console.Use<RetireGolden>().RunAsync(room.Lead, golden, Cancel));
        }
        else if (why == "policy")
        {
            await room.RewritePolicyAsync();
        }

        await console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == room.Moderator.Id, Cancel)).Languages = why == "language" ? "en,fr" : "de";
            return 0;
        });
        await room.WorkAsync();

        Assert.Equal(why == "nothing" ? 1 : 0, (await room.AnswersAsync()).Count);
    }

    /// <summary>What the pass looked at may have changed before it gives: each is asked again where it is given.</summary>
    [Theory]
    [InlineData("policy", false)]
    [InlineData("severe", false)]
    [InlineData("child safety", false)]
    [InlineData("nothing", true)]
    public async Task GoldenCase_ThatChangedSinceThePassLooked_IsNotGiven(string what, bool given)
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (Case about, _) = await room.GoldenAsync();
        (_, Guid decision) = await room.DecidedAsync(Verdict.Allow, room.Moderator, settled: false);
        if (what == "policy")
        {
            await room.RewritePolicyAsync();
        }
        else if (what != "nothing")
        {
            await room.ChangeAsync(about, row => row.Sensitivity = what == "severe" ? Sensitivity.Severe : Sensitivity.ChildSafety);
        }

        bool gave = await room.Console.WriteAsync(scope => scope.GiveGoldenAsync(
            new GoldenDue(decision, room.Moderator.Id, room.Queue.Id, Guid.CreateVersion7()), Roles.PermissionsOf(Roles.Moderator), Cancel));

        Assert.Equal((given, given ? 1 : 0), (gave, (await room.AnswersAsync()).Count));
    }

    [Fact]
    public async Task SevereGoldenCase_AskedForByALead_IsGiven()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        (_, Guid golden) = await room.GoldenAsync(severity: Severity.Severe);

        Assert.Equal(ChangeGoldenOutcome.Changed, await room.Console.Use<AllowSevereGolden>().RunAsync(room.Lead, golden, Cancel));
        Assert.Equal(ChangeGoldenOutcome.NotSo, await room.Console.Use<AllowSevereGolden>().RunAsync(room.Lead, golden, Cancel));
        await room.WorkAsync();

        Assert.Single(await room.AnswersAsync());
        Assert.Equal(room.Lead.Id, (await room.GoldenNowAsync(golden)).SevereAskedBy);
        Assert.Equal(1, await room.AuditedAsync(AuditAct.GoldenSevereAllowed));
    }

    [Fact]
    public async Task WhoMayLookUpWhatWasAgreed_IsGivenNone()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        await room.GoldenAsync();

        await room.WorkAsync(by: room.Lead);

        Assert.Empty(await room.AnswersAsync());
    }

    [Fact]
    public async Task GoldenTask_IsOfferedToItsPersonAlone_AlsoWhenItIsKeptNoMore()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        Caller colleague = await room.Console.PersonAsync();
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = room.Queue.Id, PersonId = colleague.Id });
            return Task.FromResult(0);
        });
        await room.GoldenAsync();
        await room.WorkAsync();
        Assert.Equal(ClaimOutcome.NothingSuitable, await room.Console.TryClaimAsync(colleague));

        await room.Console.WriteAsync(scope => scope.Db.Set<TaskReservation>().ExecuteDeleteAsync(Cancel));

        Assert.Equal(ClaimOutcome.NothingSuitable, await room.Console.TryClaimAsync(colleague));
        Assert.Equal(Assert.Single(await room.AnswersAsync()).TaskNumber, (await room.Console.ClaimAsync(room.Moderator)).TaskNumber);
    }

    [Fact]
    public async Task GoldenTask_NobodyCameForInAWeek_IsWithdrawnAndMayBeGivenAgain()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        await room.GoldenAsync();
        await room.WorkAsync();
        long task = Assert.Single(await room.AnswersAsync()).TaskNumber;
        room.Console.Clock.Advance(GoldenRetiring.WaitsFor - TimeSpan.FromSeconds(1));
        await room.PassAsync();
        Assert.Equal(TaskState.Waiting, (await room.Console.TaskAsync(task)).State);

        room.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        await room.PassAsync();

        Assert.Equal(TaskState.Withdrawn, (await room.Console.TaskAsync(task)).State);
        Assert.Empty(await room.AnswersAsync());
        await room.WorkAsync();
        Assert.Single(await room.AnswersAsync());
    }

    [Fact]
    public async Task GoldenTask_WithdrawnByOthers_KeepsNobodyFromTheNext()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync());
        await room.GoldenAsync();
        await room.WorkAsync();
        long number = Assert.Single(await room.AnswersAsync()).TaskNumber;
        await room.Console.WriteAsync(async scope =>
        {
            await scope.WithdrawTaskAsync(Caller.System, await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == number, Cancel), Cancel);
            return 0;
        });

        await room.PassAsync();
        Assert.Empty(await room.AnswersAsync());
        await room.WorkAsync();

        Assert.NotEqual(number, Assert.Single(await room.AnswersAsync()).TaskNumber);
    }

    [Fact]
    public async Task GoldenTask_PastItsDeadline_AlarmsNoLead()
    {
        await using GoldenRoom room = await GoldenRoom.OpenAsync(await server.EmptyAsync(), shape: queue => queue.DeadlineMinutes = 30);
        await room.GoldenAsync();
        await room.WorkAsync();
        room.Console.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Single(await room.AnswersAsync());
        Assert.DoesNotContain(
            await room.Console.Use<ListInbox>().RunAsync(room.Lead, Cancel), entry => entry.Kind == InboxKind.DueSoon);
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileMixInTests(SqliteFiles server) : MixInOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresMixInTests(PostgresServer server) : MixInOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerMixInTests(SqlServerDatabases server) : MixInOnEach(server), IClassFixture<SqlServerDatabases>;
