using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Appeals;

/// <summary>Which appeals are taken in, against what, and from whom.</summary>
public abstract class AppealIntakeOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appeal_AgainstADecisionInForce_WaitsWithItsClockAndItsReceipt()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();

        AppealOutcome outcome = await room.SendAsync();

        Assert.Equal(IntakeAnswer.Accepted, outcome.Answer);
        Appeal appeal = await room.AppealAsync(outcome.Receipt!.Number);
        Assert.Equal((appeal.Id, appeal.ReceivedAt, appeal.DueAt), (outcome.Receipt.Id, outcome.Receipt.ReceivedAt, outcome.Receipt.DueAt));
        Assert.Equal((decision.Id, AppealKind.Appeal, AppealState.Open, "It was a joke"), (appeal.DecisionId, appeal.Kind, appeal.State, appeal.Text));
        Assert.Equal(appeal.ReceivedAt.AddHours(168), appeal.DueAt);
        ReviewTask task = await room.TaskAsync(appeal);
        Assert.Equal((TaskKind.Appeal, decision.Id, room.Appeals.Id, appeal.DueAt), (task.Kind, task.JudgesAgain, task.QueueId, task.DueAt));
        Case about = await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == appeal.CaseNumber, Cancel));
        Assert.Equal((CaseState.Closed, decision.Id), (about.State, about.DecisionId));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.AppealReceived && row.TaskNumber == task.Number, Cancel)));
    }

    [Fact]
    public async Task Action_ThatIsNotDefined_IsRefusedByItsPlace()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();

        AppealOutcome outcome = await room.SendAsync(shape: body => body["actionsTaken"]!.AsArray().Add("act_nowhere"));

        IntakeProblem problem = Assert.Single(outcome.Problems);
        Assert.Equal((IntakeAnswer.Refused, "appeal.action-unknown", "/actionsTaken/1"), (outcome.Answer, problem.Code, problem.Pointer));
    }

    [Fact]
    public async Task Decision_NotInForce_CannotBeAppealedAgainst()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync(itemId: "p-window", settled: false);
        Decision undone = await room.DecidedAsync(itemId: "p-undone", settled: false);
        await room.Console.Use<UndoDecision>().RunAsync(room.Author, undone.Id, Cancel);
        Assert.Equal("appeal.nothing-in-force", Assert.Single((await room.SendAsync("p-window")).Problems).Code);
        Assert.Equal("appeal.nothing-in-force", Assert.Single((await room.SendAsync("p-undone")).Problems).Code);

        await room.PassAsync();
        Assert.Equal("appeal.nothing-in-force", Assert.Single((await room.SendAsync("p-undone")).Problems).Code);
        Caller other = await room.Console.PersonAsync();
        Decision reversed = await room.DecidedAsync(itemId: "p-reversed", by: other);
        Assert.Equal(ReverseOutcome.Reversed, (await room.Console.Use<ReverseDecision>().RunAsync(other, reversed.Id, "A mistake", Cancel)).Outcome);
        Assert.Equal("appeal.nothing-in-force", Assert.Single((await room.SendAsync("p-reversed")).Problems).Code);
        await room.DecidedAsync(Verdict.Allow, "p-allowed", other);
        Assert.Equal("appeal.nothing-in-force", Assert.Single((await room.SendAsync("p-allowed")).Problems).Code);
    }

    [Fact]
    public async Task Account_ThatTheDecisionIsNotAbout_IsRefused()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();

        AppealOutcome outcome = await room.SendAsync(shape: body => body["appealedBy"]!["id"] = "u-other");

        Assert.Equal(("appeal.not-concerned", "/appealedBy"), (outcome.Problems[0].Code, outcome.Problems[0].Pointer));
    }

    [Fact]
    public async Task Appeal_SentAgain_IsTheSame()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        AppealOutcome first = await room.SendAsync(shape: body => body["appealId"] = "same");

        AppealOutcome second = await room.SendAsync(shape: body => body["appealId"] = "same");

        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<Appeal>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Appeal_OfTheSamePerson_NeedsSomethingNew()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        await room.AppealedAsync(shape: body => body["additionalItems"] = Items("p-proof"));

        AppealOutcome again = await room.SendAsync();
        AppealOutcome sameProof = await room.SendAsync(shape: body => body["additionalItems"] = Items("p-proof"));
        Appeal more = await room.AppealedAsync(shape: body => body["additionalItems"] = Items("p-proof", "p-more"));

        Assert.True(again is { Answer: IntakeAnswer.Refused, Repeated: true } && sameProof.Repeated);
        Assert.Equal(2, more.Round);
        Assert.Equal(2, await room.Console.ReadAsync(db => db.Set<Appeal>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Complaint_OfOneWhoseReportWasRefused_IsHeard()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision allowed = await room.DecidedAsync(Verdict.Allow);
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new Report { CaseNumber = allowed.CaseNumber, ReporterTypeId = "account", ReporterId = "u-9", ReceivedAt = scope.Now, ReportedAt = scope.Now });
            return Task.FromResult(true);
        });

        AppealOutcome stranger = await room.SendAsync(shape: body => Complain(body, "u-8"));
        Appeal complaint = await room.AppealedAsync(shape: body => Complain(body, "u-9"));

        Assert.Equal("appeal.nothing-in-force", stranger.Problems[0].Code);
        Assert.Equal((AppealKind.Complaint, allowed.Id, Verdict.Allow), (complaint.Kind, complaint.DecisionId, complaint.Verdict));
    }

    [Fact]
    public async Task Decision_OfAProgram_IsHeardByAPerson()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        await room.Console.WriteAsync(scope => scope.Db.Set<Decision>().Where(row => row.Id == decision.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DeciderId, (Guid?)null).SetProperty(row => row.AutomatedDecision, true), Cancel));

        Appeal appeal = await room.AppealedAsync();

        Assert.True(appeal.Automated);
        Assert.Equal(AppealState.Overturned, (await room.AnsweredAsync(appeal, Verdict.Allow)).State);
    }

    [Fact]
    public async Task Account_ThatIsErased_WaitsForNoAnswer()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        IActorRecords records = room.Console.Services.GetServices<IActorRecords>().Single(one => one.GetType().Name == "AppealRecords");

        await records.EraseAsync(new RetentionPass(room.Console.Contexts, room.Console.Writes), new PlatformActor("account", AppealRoom.Account), Cancel);

        Appeal erased = await room.AppealAsync(appeal.Number);
        Assert.Equal((AppealState.Withdrawn, null, null, ""), (erased.State, erased.AppellantId, erased.Text, erased.ItemId));
        Assert.Equal(TaskState.Withdrawn, (await room.TaskAsync(appeal)).State);
        await room.PassAsync();
        Assert.DoesNotContain(await room.SentAsync(), row => row.Kind == Core.Enforcement.DeliveryKind.AppealResult);
    }

    private static JsonArray Items(params string[] ids) =>
        [.. ids.Select(id => new JsonObject { ["id"] = id, ["typeId"] = "post", ["data"] = new JsonObject { ["text"] = $"Text of {id}" } })];

    private static void Complain(JsonObject body, string by)
    {
        body["kind"] = "complaint";
        body["appealedBy"]!["id"] = by;
        body["actionsTaken"] = new JsonArray();
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileAppealIntakeTests(SqliteFiles server) : AppealIntakeOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresAppealIntakeTests(PostgresServer server) : AppealIntakeOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerAppealIntakeTests(SqlServerDatabases server) : AppealIntakeOnEach(server), IClassFixture<SqlServerDatabases>;
