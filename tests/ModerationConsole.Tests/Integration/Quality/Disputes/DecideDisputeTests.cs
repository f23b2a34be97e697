using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Disputes;

/// <summary>A dispute is decided by someone without a hand in it.</summary>
public sealed class DecideDisputeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispute_DecidedByOneWithAHand_StaysOpen()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync(role: Roles.Lead);
        await using ResultRoom at = room;
        await room.Console.WriteAsync(async scope =>
        {
            scope.Db.Add(new PersonPermission { PersonId = room.Reviewer.Id, Permission = Permission.AdjudicateQuality });
            return await Task.FromResult(0);
        });
        room.Console.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(DecideDisputeOutcome.NotThere, (await room.DecideAsync(room.Author, dispute, DisputeState.Overturned)).Outcome);
        Assert.Equal(DecideDisputeOutcome.HadAHand, (await room.DecideAsync(room.Reviewer, dispute, DisputeState.Upheld)).Outcome);
        Assert.Equal(DecideDisputeOutcome.HadAHand, (await room.DecideAsync(room.Adjudicator, dispute, DisputeState.Upheld)).Outcome);

        Assert.Equal(DisputeState.Open, (await room.Console.ReadAsync(db => db.Set<Dispute>().SingleAsync(Cancel))).State);
        Assert.Empty(await room.AuditAsync(AuditAct.DisputeDecided));
    }

    [Fact]
    public async Task Dispute_Upheld_LeavesTheResultAndTellsItsAuthorOnce()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync();
        await using ResultRoom at = room;

        Assert.Equal(DecideDisputeOutcome.FindingRequired, (await room.DecideAsync(room.Other, dispute, null)).Outcome);
        Assert.Equal(DecideDisputeOutcome.FindingRequired, (await room.DecideAsync(room.Other, dispute, DisputeState.Open)).Outcome);
        Assert.Equal(DecideDisputeOutcome.ReasonRequired, (await room.DecideAsync(room.Other, dispute, DisputeState.Upheld, "  ")).Outcome);
        Assert.Equal(DecideDisputeOutcome.ReasonTooLong, (await room.DecideAsync(room.Other, dispute, DisputeState.Upheld, new string('a', 5_001))).Outcome);
        Assert.Equal(DecideDisputeOutcome.Decided, (await room.DecideAsync(room.Other, dispute, DisputeState.Upheld)).Outcome);
        Assert.Equal(DecideDisputeOutcome.AlreadyDecided, (await room.DecideAsync(room.Other, dispute, DisputeState.Overturned)).Outcome);

        QualitySample sample = await room.SampleAsync();
        Assert.Equal((true, true, ErrorKind.FalsePositive), (sample.Wrong, sample.Scored, sample.Error));
        InboxEntry told = Assert.Single(await room.InboxAsync(room.Author));
        Assert.Equal((InboxKind.DisputeDecided, $"{room.SampleId}"), (told.Kind, told.Subject));
        MyDispute mine = (await room.Console.Use<ReadMyResult>().RunAsync(room.Author, room.SampleId, Cancel))!.Dispute!;
        Assert.Equal((DisputeState.Upheld, "The context says so."), (mine.State, mine.Reason));
        Assert.Equal(room.Other.Id, Assert.Single(await room.AuditAsync(AuditAct.DisputeDecided)).ActorId);
        Assert.Empty((await ListAsync(room, room.Other)).Rows);
        Assert.Equal(DisputeState.Upheld, Assert.Single((await ListAsync(room, room.Other, decided: true)).Rows).State);
    }

    [Fact]
    public async Task Dispute_FindingThePolicyAmbiguous_AsksThoseWhoWritePoliciesAndCountsNeitherWay()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync();
        await using ResultRoom at = room;
        Caller expert = await room.Console.PersonAsync(Roles.PolicyExpert);
        Caller gone = await room.Console.PersonAsync(Roles.PolicyExpert);
        Caller byPerson = await room.Console.PersonAsync(own: Permission.EditPolicies);
        await room.DisableAsync(gone);

        await room.DecideAsync(room.Other, dispute, DisputeState.PolicyAmbiguous);

        QualitySample sample = await room.SampleAsync();
        Assert.Equal((true, false), (sample.Wrong, sample.Scored));
        Guid[] asked = await room.Console.ReadAsync(db => db.Set<InboxItem>().Where(row => row.Kind == InboxKind.PolicyQuestion).Select(row => row.PersonId).ToArrayAsync(Cancel));
        Assert.Equal(new[] { expert.Id, byPerson.Id }.Order(), asked.Order());
        InboxEntry question = Assert.Single(await room.InboxAsync(expert));
        Assert.Equal(($"policy-question:{dispute}", room.Policy.Id, (long?)room.Case.Number), (question.Key, question.Subject, question.CaseNumber));
        Assert.Equal(room.Policy.Id, Assert.Single(await room.AuditAsync(AuditAct.PolicyQuestioned)).Subject);
        MyResults mine = await room.Console.Use<ListMyResults>().RunAsync(room.Author, null, Cancel);
        Assert.Equal((0, 0, 1), (mine.Right, mine.Wrong, mine.NotCounted));
    }

    [Fact]
    public async Task Dispute_AboutVerdictsThatNameNoPolicy_CannotFindOneAmbiguous()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync();
        await using ResultRoom at = room;
        await room.Console.ReadAsync(db => db.Set<QualitySample>().ExecuteUpdateAsync(set => set.SetProperty(row => row.PolicyId, (string?)null), Cancel));

        Assert.Equal(DecideDisputeOutcome.NoPolicy, (await room.DecideAsync(room.Other, dispute, DisputeState.PolicyAmbiguous)).Outcome);

        Assert.Equal(DecideDisputeOutcome.Decided, (await room.DecideAsync(room.Other, dispute, DisputeState.Upheld)).Outcome);
    }

    [Fact]
    public async Task Case_MarkedAsChildSafetySince_IsNowhereInDisputes()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync();
        await using ResultRoom at = room;

        await room.MarkChildSafetyAsync();

        Assert.Empty((await ListAsync(room, room.Other)).Rows);
        Assert.Empty(await room.InboxAsync(room.Other));
        Assert.Null(await room.Console.Use<ReadDispute>().RunAsync(room.Other, dispute, Cancel));
        Assert.Equal(DecideDisputeOutcome.NotThere, (await room.DecideAsync(room.Other, dispute, DisputeState.Upheld)).Outcome);
    }

    [Fact]
    public async Task Dispute_OverturnedWithoutACorrection_CountsAsRightAndLeavesNothingToRestore()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync();
        await using ResultRoom at = room;

        DecideDisputeResult result = await room.DecideAsync(room.Other, dispute, DisputeState.Overturned);

        Assert.Equal((DecideDisputeOutcome.Decided, CorrectionEnd.None), (result.Outcome, result.Correction));
        QualitySample sample = await room.SampleAsync();
        Assert.Equal((false, true, null, null), (sample.Wrong, sample.Scored, sample.Error, sample.Cause));
        MyResults mine = await room.Console.Use<ListMyResults>().RunAsync(room.Author, null, Cancel);
        Assert.Equal((1, 0, DisputeState.Overturned), (mine.Right, mine.Wrong, mine.Rows[0].Dispute));
        Assert.Equal(OpenDisputeOutcome.AlreadyDisputed, await room.DisputeAsync(room.Author));
        Assert.Equal(CorrectionEnd.None, (await room.Console.Use<ReadDispute>().RunAsync(room.Other, dispute, Cancel))!.Correction);
    }

    [Theory]
    [InlineData(Roles.Moderator, false)]
    [InlineData(Roles.QualityReviewer, false)]
    [InlineData(Roles.Analyst, false)]
    [InlineData(Roles.Auditor, false)]
    [InlineData(Roles.Admin, false)]
    [InlineData(Roles.Lead, true)]
    [InlineData(Roles.PolicyExpert, true)]
    public async Task Disputes_ForARole_OpenToThoseWhoAdjudicate(string role, bool opens)
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync();
        await using ResultRoom at = room;
        Caller person = await room.Console.PersonAsync(role);

        if (opens)
        {
            Assert.Single((await ListAsync(room, person)).Rows);
            Assert.Equal(DecideDisputeOutcome.Decided, (await room.DecideAsync(person, dispute, DisputeState.Upheld)).Outcome);
            return;
        }

        await Assert.ThrowsAsync<PermissionDeniedException>(() => ListAsync(room, person));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ReadDispute>().RunAsync(person, dispute, Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.DecideAsync(person, dispute, DisputeState.Upheld));
    }

    private static Task<FoundDisputes> ListAsync(ResultRoom room, Caller caller, bool decided = false) => room.Console.Use<ListDisputes>().RunAsync(caller, decided, null, Cancel);
}
