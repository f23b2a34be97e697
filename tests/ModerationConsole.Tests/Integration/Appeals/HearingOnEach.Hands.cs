using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Appeals;

// Who may hear an appeal, and what they see of the decision.
public abstract partial class HearingOnEach
{
    [Fact]
    public async Task Hand_InTheDecision_IsNeverOfferedTheAppeal()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        // As if it had been made before anyone was known to have had a hand in it.
        await room.Console.WriteAsync(scope => scope.Db.Set<TaskExclusion>().ExecuteDeleteAsync(Cancel));

        Assert.Equal(ClaimOutcome.NothingSuitable, (await room.Console.Use<ClaimNextCase>().RunAsync(room.Author, room.Appeals.Id, cancellationToken: Cancel)).Outcome);
        Caller reviewer = await QualityHandAsync(room, appeal);
        Assert.Equal(ClaimOutcome.NothingSuitable, (await room.Console.Use<ClaimNextCase>().RunAsync(reviewer, room.Appeals.Id, cancellationToken: Cancel)).Outcome);
        ClaimResult claim = await room.Console.Use<ClaimNextCase>().RunAsync(room.Judge, room.Appeals.Id, cancellationToken: Cancel);
        Assert.Equal(appeal.TaskNumber, claim.Task!.TaskNumber);
    }

    [Fact]
    public async Task Say_InWhatWasDecided_IsAHandInItToo()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        Caller[] hands = [await HandAsync(room), await HandAsync(room), await HandAsync(room)];
        (Caller second, Caller third) = (await room.Console.PersonAsync(), await room.Console.PersonAsync());
        await room.Console.WriteAsync(async scope =>
        {
            QualitySample sample = await scope.FoundWrongAsync(decision, second.Id, third.Id, Verdict.Allow);
            Dispute dispute = new() { SampleId = sample.Id, PersonId = room.Author.Id, Text = "It is none.", OpenedAt = scope.Now };
            dispute.Decide(DisputeState.Upheld, hands[0].Id, "It is.", scope.Now);
            Escalation ruled = new() { CaseNumber = decision.CaseNumber, FromTask = decision.TaskNumber, ExpertTask = decision.TaskNumber, AskedBy = room.Author.Id, AskedAt = scope.Now };
            scope.Db.AddRange(
                dispute,
                ruled,
                new EscalationConsult { EscalationId = ruled.Id, PersonId = hands[1].Id, AskedBy = room.Author.Id, AskedAt = scope.Now },
                new EscalationMessage { EscalationId = ruled.Id, PersonId = hands[2].Id, Text = "I think so.", At = scope.Now });
            scope.Db.Entry(ruled).Property(row => row.DecisionId).CurrentValue = decision.Id;
            return true;
        });
        Appeal appeal = await room.AppealedAsync();

        Assert.Equal([], hands.Select(hand => hand.Id).Except(await ExcludedAsync(room, appeal)));
        // As if it had been made before they had their say.
        await room.Console.WriteAsync(scope => scope.Db.Set<TaskExclusion>().ExecuteDeleteAsync(Cancel));
        foreach (Caller hand in hands)
        {
            Assert.Equal(ClaimOutcome.NothingSuitable, (await room.Console.Use<ClaimNextCase>().RunAsync(hand, room.Appeals.Id, cancellationToken: Cancel)).Outcome);
        }

        ClaimResult claim = await room.Console.Use<ClaimNextCase>().RunAsync(room.Judge, room.Appeals.Id, cancellationToken: Cancel);
        Assert.Equal(appeal.TaskNumber, claim.Task!.TaskNumber);
    }

    [Fact]
    public async Task Spare_OfOneWhoHadAHandInItMeanwhile_IsNotDrawn()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        await room.Console.HoldAsync(room.Judge, await room.TaskAsync(appeal), slot: LeaseSlot.Spare);
        await room.Console.WriteAsync(async scope =>
        {
            Decision old = await scope.Db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == decision.Id, Cancel);
            scope.Db.Add(new Decision
            {
                CaseNumber = old.CaseNumber, CaseVersion = old.CaseVersion, TaskNumber = old.TaskNumber, DeciderId = room.Judge.Id, DecidedAt = scope.Now, UndoUntil = scope.Now,
                Verdict = Verdict.Allow, Snapshot = old.Snapshot,
            });
            return true;
        });

        ClaimResult claim = await room.Console.Use<ClaimNextCase>().RunAsync(room.Judge, room.Appeals.Id, cancellationToken: Cancel);

        Assert.Equal(ClaimOutcome.NothingSuitable, claim.Outcome);
    }

    [Fact]
    public async Task Appeal_ThatNobodyMayHear_RaisesItsAlarm()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync(by: room.Judge);
        await room.Console.WriteAsync(scope => scope.Db.Set<PersonPermission>().ExecuteDeleteAsync(Cancel));
        Appeal appeal = await room.AppealedAsync();

        await room.Console.Get<WatchStranded>().RunOnceAsync(Cancel);

        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.TaskStranded && row.TaskNumber == appeal.TaskNumber, Cancel)));
    }

    [Fact]
    public async Task Desk_OfAnAppeal_ShowsItAndNotWhoDecided()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();
        Assert.Null(await room.Console.Use<ReadAppealOnDesk>().RunAsync(room.Judge, appeal.TaskNumber, Cancel));
        Assert.NotNull(await room.Console.Use<OpenCase>().RunAsync(room.Judge, decision.CaseNumber, Cancel));
        await room.HoldAsync(appeal);

        DeskCase? desk = await room.Console.Use<GetDeskCase>().RunAsync(room.Judge, appeal.TaskNumber, Cancel);
        AppealOnDesk? shown = await room.Console.Use<ReadAppealOnDesk>().RunAsync(room.Judge, appeal.TaskNumber, Cancel);

        Assert.Null(desk!.CaseNumber);
        Assert.Equal(("It was a joke", Verdict.Violation, room.Policy.Name, "What the person is told"), (shown!.Text, shown.Verdict, shown.PolicyName, shown.ReasonForUser));
        string name = await room.Console.ReadAsync(db => db.Set<Moderator>().Where(row => row.Id == room.Author.Id).Select(row => row.DisplayName).SingleAsync(Cancel));
        Assert.DoesNotContain($"\"{name}\"", JsonSerializer.Serialize(desk) + JsonSerializer.Serialize(shown), StringComparison.Ordinal);
        Assert.Null(await room.Console.Use<OpenCase>().RunAsync(room.Judge, decision.CaseNumber, Cancel));
        Assert.Null(await room.Console.Use<ReadAppealOnDesk>().RunAsync(room.Author, appeal.TaskNumber, Cancel));
    }

    private static async Task<Caller> HandAsync(AppealRoom room)
    {
        Caller expert = await room.Console.PersonAsync(Roles.PolicyExpert);
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = room.Appeals.Id, PersonId = expert.Id });
            return Task.FromResult(true);
        });
        return expert;
    }

    private static Task<List<Guid>> ExcludedAsync(AppealRoom room, Appeal appeal) =>
        room.Console.ReadAsync(db => db.Set<TaskExclusion>().Where(row => row.TaskNumber == appeal.TaskNumber).Select(row => row.PersonId).ToListAsync(Cancel));

    [Fact]
    public async Task ChildSafetyCase_IsHeardByTheFewWhoMayKnow()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Caller few = await room.Console.PersonAsync(Roles.PolicyExpert, own: Permission.ChildSafety);
        CaseQueue special = await room.Console.QueueAsync([few, room.Judge], kind: QueueKind.ChildSafety);
        Caller cleared = await room.Console.PersonAsync(own: Permission.ChildSafety);
        await room.DecidedAsync(by: cleared, sensitivity: Sensitivity.ChildSafety);

        Appeal appeal = await room.AppealedAsync();

        Assert.Equal(special.Id, (await room.TaskAsync(appeal)).QueueId);
        Assert.NotEqual(ClaimOutcome.Claimed, (await room.Console.Use<ClaimNextCase>().RunAsync(room.Judge, special.Id, cancellationToken: Cancel)).Outcome);
        ClaimResult claim = await room.Console.Use<ClaimNextCase>().RunAsync(few, special.Id, cancellationToken: Cancel);
        Assert.Equal(appeal.TaskNumber, claim.Task!.TaskNumber);
        await room.SubmitAsync(
            await room.Console.ReadAsync(db => db.Set<ActiveLease>().AsNoTracking().SingleAsync(row => row.TaskNumber == appeal.TaskNumber, Cancel)), few, Verdict.Allow);
        await room.PassAsync();
        Assert.NotNull((await room.AppealAsync(appeal.Number)).CorrectionId);
    }
}
