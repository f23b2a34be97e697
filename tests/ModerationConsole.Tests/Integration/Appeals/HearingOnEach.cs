using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Appeals;

/// <summary>Who hears an appeal, what they see, and what follows from the answer.</summary>
public abstract partial class HearingOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepted_ReversesOnceByADecisionOfItsOwnAndTellsTheSender()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server, new() { ["Appeals:ResultBody"] = """{"team":"trust"}""" });
        Decision decision = await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        Decision answer = await room.SubmitAsync(await room.HoldAsync(appeal), room.Judge, Verdict.Allow);
        Assert.Equal((AppealState.Overturned, null), ((await room.AppealAsync(appeal.Number)).State, (await room.AppealAsync(appeal.Number)).SettledAt));
        Assert.Single(await room.SentAsync());
        Assert.Equal(DecisionState.Effective, (await room.DecisionAsync(decision.Id)).State);

        await room.PassAsync();
        await room.PassAsync();

        appeal = await room.AppealAsync(appeal.Number);
        Assert.Equal((AppealState.Overturned, answer.Id, room.Judge.Id), (appeal.State, appeal.AnswerId, appeal.JudgeId));
        Decision correction = await room.Console.ReadAsync(db => db.Set<Decision>().SingleAsync(row => row.ReversesId == decision.Id, Cancel));
        Assert.Equal((appeal.CorrectionId!.Value, Verdict.Allow, room.Judge.Id), (correction.Id, correction.Verdict, correction.DeciderId!.Value));
        Assert.Equal(DecisionState.Reversed, (await room.DecisionAsync(decision.Id)).State);
        List<EnforcementAction> sent = await room.SentAsync();
        Assert.Equal([room.Action.Id, room.Restore.Id, null], sent.Select(row => row.ActionId));
        Assert.Equal(correction.Id, sent[1].DecisionId);
        Assert.Equal((DeliveryKind.AppealResult, appeal.DeliveryId, EnforcementState.Delivered), (sent[2].Kind, sent[2].Id, sent[2].State));
        Assert.Equal(
            $$$"""{"appealId":"{{{appeal.ExternalId}}}","appealedBy":{"id":"u-1","typeId":"account"},"appealDecision":"ACCEPT","item":{"id":"p-1","typeId":"post"},"custom":{"team":"trust"}}""",
            sent[2].Body);
        Case about = await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == appeal.CaseNumber, Cancel));
        Assert.Equal((CaseState.Closed, correction.Id), (about.State, about.DecisionId));
    }

    [Fact]
    public async Task Rejected_LeavesTheDecisionAndTellsTheSender()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        await room.Console.WriteAsync(scope => scope.Db.Set<Policy>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Archived, true), Cancel));

        Appeal appeal = await room.AnsweredAsync(await room.AppealedAsync(), Verdict.Allow, command => command with { Stands = true });

        Assert.Equal((AppealState.Upheld, null), (appeal.State, appeal.CorrectionId));
        Assert.Equal(DecisionState.Effective, (await room.DecisionAsync(decision.Id)).State);
        Decision answer = await room.DecisionAsync(appeal.AnswerId);
        Assert.Equal((Verdict.Violation, decision.PolicyId, decision.PolicyVersionId, decision.Actions), (answer.Verdict, answer.PolicyId, answer.PolicyVersionId, answer.Actions));
        EnforcementAction[] sent = [.. await room.SentAsync()];
        Assert.Equal(2, sent.Length);
        Assert.Contains("\"appealDecision\":\"REJECT\"", sent[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("custom", sent[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_PutsAnotherDecisionInItsPlace()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        ActionDefinition lesser = await room.Console.ActionAsync();

        Appeal appeal = await room.AnsweredAsync(await room.AppealedAsync(), Verdict.Violation, command => command with { Actions = [new ActionOrder(lesser.Id)] });

        Assert.Equal(AppealState.Changed, appeal.State);
        Decision correction = await room.DecisionAsync(appeal.CorrectionId);
        Assert.Equal((decision.Id, Verdict.Violation), (correction.ReversesId!.Value, correction.Verdict));
        Assert.Equal([room.Action.Id, .. new[] { room.Restore.Id, lesser.Id }.Order(StringComparer.Ordinal), null], (await room.SentAsync()).Select(row => row.ActionId));
    }

    [Fact]
    public async Task Answer_TakenBack_OpensTheAppealAgainAndSendsNothing()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        Decision answer = await room.SubmitAsync(await room.HoldAsync(appeal), room.Judge, Verdict.Allow);

        UndoResult undone = await room.Console.Use<UndoDecision>().RunAsync(room.Judge, answer.Id, Cancel);
        await room.PassAsync();

        Assert.Equal(UndoOutcome.Undone, undone.Outcome);
        Assert.Equal(AppealState.Open, (await room.AppealAsync(appeal.Number)).State);
        Assert.Equal(DecisionState.Effective, (await room.DecisionAsync(decision.Id)).State);
        Assert.Single(await room.SentAsync());
    }

    [Fact]
    public async Task Complaint_Granted_FindsTheViolation()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision allowed = await room.DecidedAsync(Verdict.Allow);
        await ReportedAsync(room, allowed.CaseNumber);

        Appeal complaint = await room.AnsweredAsync(await room.AppealedAsync(shape: Complain), Verdict.Violation);

        Assert.Equal(AppealState.Overturned, complaint.State);
        Decision correction = await room.DecisionAsync(complaint.CorrectionId);
        Assert.Equal((allowed.Id, Verdict.Violation), (correction.ReversesId!.Value, correction.Verdict));
        Assert.Equal([room.Action.Id, null], (await room.SentAsync()).Select(row => row.ActionId));
    }

    [Fact]
    public async Task Answer_WithoutAReasonOrAVerdict_IsRefused()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        ActiveLease lease = await room.HoldAsync(await room.AppealedAsync());

        Assert.Equal(DecideOutcome.ReasonRequired, (await room.TrySubmitAsync(lease, room.Judge, Verdict.Allow, command => command with { ReasonForUser = "  " })).Outcome);
        Assert.Equal(DecideOutcome.AnswerRequired, (await room.TrySubmitAsync(lease, room.Judge, Verdict.CannotReview)).Outcome);
        // A right may be taken between drawing and deciding.
        await room.DecidedAsync(itemId: "p-2");
        Caller plain = await room.Console.PersonAsync();
        ActiveLease theirs = await room.HoldAsync(await room.AppealedAsync("p-2"), plain);
        PermissionDeniedException denied = await Assert.ThrowsAsync<PermissionDeniedException>(() => room.TrySubmitAsync(theirs, plain, Verdict.Allow));
        Assert.Equal(Permission.HearAppeals, denied.Permission);
    }

    [Fact]
    public async Task Decision_ReversedWhileItsAppealWaits_AnswersIt()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();

        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, decision.Id, "A mistake", Cancel);
        await room.PassAsync();

        appeal = await room.AppealAsync(appeal.Number);
        Assert.Equal((AppealState.Overturned, null, TaskState.Withdrawn), (appeal.State, appeal.AnswerId, (await room.TaskAsync(appeal)).State));
        Assert.Equal([room.Action.Id, room.Restore.Id, null], (await room.SentAsync()).Select(row => row.ActionId));
        Assert.Contains("ACCEPT", (await room.SentAsync())[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_WhoAsksBack_LeavesItToAnother()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.Console.QueueAsync([room.Judge], kind: QueueKind.Expert);
        await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        ActiveLease lease = await room.HoldAsync(appeal);
        EscalateResult asked = await room.Console.Use<EscalateCase>().RunAsync(room.Judge, lease.TaskNumber, lease.Fence, "What does the policy say?", Cancel);
        Assert.Equal(EscalateOutcome.Escalated, asked.Outcome);

        await room.PassAsync();

        Appeal again = await room.AppealAsync(appeal.Number);
        Assert.NotEqual(appeal.TaskNumber, again.TaskNumber);
        Assert.Equal((AppealState.Open, appeal.DueAt, TaskState.Waiting), (again.State, (await room.TaskAsync(again)).DueAt, (await room.TaskAsync(again)).State));
        Assert.Equal(ClaimOutcome.NothingSuitable, (await room.Console.Use<ClaimNextCase>().RunAsync(room.Judge, room.Appeals.Id, cancellationToken: Cancel)).Outcome);
    }

    [Fact]
    public async Task Case_DecidedAnewMeanwhile_KeepsWhatItCameTo()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        Decision anew = await AnewAsync(room, decision.CaseNumber);

        appeal = await room.AnsweredAsync(appeal, Verdict.Allow);

        Assert.Equal((AppealState.Overturned, decision.Id), (appeal.State, (await room.DecisionAsync(appeal.CorrectionId)).ReversesId!.Value));
        Case about = await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber, Cancel));
        Assert.Equal(anew.Id, about.DecisionId);
        Assert.DoesNotContain(room.Restore.Id, (await room.SentAsync()).Select(row => row.ActionId));
    }

    // Someone judged the same case for quality meanwhile.
    private static async Task<Caller> QualityHandAsync(AppealRoom room, Appeal appeal)
    {
        Caller reviewer = await room.Console.PersonAsync(Roles.QualityReviewer, own: Permission.HearAppeals);
        ReviewTask task = await room.Console.WriteAsync(async scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = room.Appeals.Id, PersonId = reviewer.Id });
            scope.Db.Add(new QueueAccess { QueueId = room.Queue.Id, PersonId = reviewer.Id });
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == appeal.CaseNumber, Cancel);
            return await scope.QueueMeasuringAsync(Caller.System, about, new MeasuringOrder(TaskKind.Qa, appeal.DecisionId, about.CaseVersion, room.Queue.Id), Cancel);
        });
        await room.SubmitAsync(await room.Console.HoldAsync(reviewer, task), reviewer, Verdict.Allow);
        return reviewer;
    }

    private static async Task<Decision> AnewAsync(AppealRoom room, long caseNumber)
    {
        Caller other = await room.Console.PersonAsync();
        ReviewTask task = await room.Console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == caseNumber, Cancel);
            about.Reopen();
            return await scope.QueueTaskAsync(Caller.System, about, TaskKind.First, room.Queue, 50, Core.Data.Instant.Never, Cancel);
        });
        Decision anew = await room.SubmitAsync(await room.Console.HoldAsync(other, task), other, Verdict.Violation);
        await room.PassAsync();
        return anew;
    }

    private static Task<bool> ReportedAsync(AppealRoom room, long caseNumber) => room.Console.WriteAsync(scope =>
    {
        scope.Db.Add(new Report { CaseNumber = caseNumber, ReporterTypeId = "account", ReporterId = "u-9", ReceivedAt = scope.Now, ReportedAt = scope.Now });
        return Task.FromResult(true);
    });

    private static void Complain(System.Text.Json.Nodes.JsonObject body)
    {
        body["kind"] = "complaint";
        body["appealedBy"]!["id"] = "u-9";
        body["actionsTaken"] = new System.Text.Json.Nodes.JsonArray();
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileHearingTests(SqliteFiles server) : HearingOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresHearingTests(PostgresServer server) : HearingOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerHearingTests(SqlServerDatabases server) : HearingOnEach(server), IClassFixture<SqlServerDatabases>;
