using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions.Bulk;

public sealed class BulkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_ThatDecides_MakesEachCaseItsOwnDecisionEntryAndDelivery()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(4);

        BatchView done = await room.RunAsync(room.Violation, cases.Take(3).Select(pair => pair.Case.Number));

        Assert.Equal((BatchState.Done, 3, 3), (done.State, done.Total, done.Of(MemberState.Done)));
        List<Decision> decisions = await room.DecisionsAsync();
        Assert.Equal(cases.Take(3).Select(pair => pair.Case.Number), decisions.Select(row => row.CaseNumber));
        Assert.All(decisions, row => Assert.Equal(
            (Verdict.Violation, room.Lead.Id, room.Action.Id, "It broke a rule.", 0d), (row.Verdict, row.DeciderId, row.Actions, row.ReasonForUser, row.HandlingSeconds)));
        Assert.All(decisions, row => Assert.Equal(row.Hash, DecisionHash.Of(row)));
        Assert.Equal(decisions.Select(row => (Guid?)row.Id).Order(), (await room.OrderedAsync()).Select(row => row.DecisionId).Order());
        int entries = await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.DecisionMade && row.ActorId == room.Lead.Id, Cancel));
        Assert.Equal(3, entries);
        Assert.Equal(CaseState.Open, (await room.CaseNowAsync(cases[3].Case)).State);
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<WaitingTask>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Proposal_OfManyKinds_TellsWhatWouldHappenAndChangesNothing()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(3);
        (Case held, ReviewTask task) = (await room.CasesAsync(1))[0];
        await room.Console.HoldAsync(room.Moderator, task);
        (Case hidden, _) = (await room.CasesAsync(1, Sensitivity.ChildSafety))[0];
        (Case emergency, _) = await room.Console.CaseAsync(await room.Console.QueueAsync([room.Lead], kind: QueueKind.Emergency));
        (Case skipped, ReviewTask passed) = (await room.CasesAsync(1))[0];
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new TaskExclusion { TaskNumber = passed.Number, PersonId = room.Lead.Id });
            return Task.FromResult(0);
        });

        ProposeResult proposed = await room.ProposeAsync(room.Violation);

        BatchView view = await room.ReadAsync(proposed.Number!.Value);
        Assert.Equal((BatchState.Proposed, 3, 3), (view.State, view.Of(MemberState.Waiting), view.Of(MemberState.LeftOut)));
        Assert.Equal(LeftOutReason.InHand, await room.ReasonAsync(view.Number, held));
        Assert.Equal(LeftOutReason.Alone, await room.ReasonAsync(view.Number, emergency));
        Assert.Equal(LeftOutReason.NotYours, await room.ReasonAsync(view.Number, skipped));
        Assert.Equal([new BatchPart("Post", 3)], view.Types);
        Assert.Equal([new BatchPart(room.Queue.Name, 3)], view.Queues);
        Assert.Equal((room.Policy.Name, "Remove the post"), (view.PolicyName, Assert.Single(view.ActionNames)));
        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<BatchMember>().CountAsync(row => row.CaseNumber == hidden.Number, Cancel)));
        Assert.Empty(await room.DecisionsAsync());
        foreach ((Case about, _) in cases)
        {
            Assert.Equal(LeftOutReason.None, await room.ReasonAsync(view.Number, about));
        }
    }

    [Fact]
    public async Task Proposal_ThatMissesWhatTheQueueAsksFor_LeavesItsCasesOut()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(2);
        await room.Console.WriteAsync(async scope => (await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == room.Queue.Id)).ReasonRequired = true);

        BatchView view = await room.ReadAsync((await room.ProposeAsync(room.Violation with { ReasonForUser = " \u200b " })).Number!.Value);

        Assert.Equal((0, 2), (view.Of(MemberState.Waiting), view.LeftOut.GetValueOrDefault(LeftOutReason.DoesNotFit)));
        Assert.Equal(StartOutcome.NothingToDo, await room.Console.Use<StartBatch>().RunAsync(room.Lead, view.Number, null, Cancel));
    }

    [Theory]
    [InlineData(50, null, StartOutcome.Started)]
    [InlineData(51, null, StartOutcome.CountNeeded)]
    [InlineData(51, 50, StartOutcome.CountNeeded)]
    [InlineData(51, 51, StartOutcome.Started)]
    public async Task Batch_OfMoreThanFifty_BeginsOnlyWithItsNumberTyped(int cases, int? typed, StartOutcome outcome)
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(cases);
        long number = (await room.ProposeAsync(BulkRoom.Allow)).Number!.Value;

        Assert.Equal(outcome, await room.Console.Use<StartBatch>().RunAsync(room.Lead, number, typed, Cancel));
    }

    [Fact]
    public async Task Case_ThatChangedMeanwhile_IsLeftOutAndTold()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(4);
        long number = (await room.ProposeAsync(BulkRoom.Allow)).Number!.Value;
        ActiveLease lease = await room.Console.HoldAsync(room.Moderator, cases[0].Task);
        await room.Console.Use<DecideCase>().RunAsync(
            room.Moderator, new DecideCommand(cases[0].Task.Number, lease.Fence, Verdict.CannotReview) { CannotReviewCode = CannotReviewCodes.Broken }, Cancel);
        await room.Console.HoldAsync(room.Moderator, cases[1].Task);
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == cases[2].Case.Number)).LastEvidenceAt = scope.Now.AddMinutes(1);
            return 0;
        });

        await room.Console.Use<StartBatch>().RunAsync(room.Lead, number, null, Cancel);
        await room.WorkAsync();

        Assert.Equal(
            [LeftOutReason.Changed, LeftOutReason.InHand, LeftOutReason.Changed, LeftOutReason.None],
            [.. (await room.Console.Use<ListBatchMembers>().RunAsync(room.Lead, number, null, null, Cancel)).Select(line => line.Reason)]);
        Assert.Equal((1, 3), ((await room.ReadAsync(number)).Of(MemberState.Done), (await room.ReadAsync(number)).Of(MemberState.LeftOut)));
        Assert.Equal(2, (await room.DecisionsAsync()).Count);
    }

    [Fact]
    public async Task Batch_StoppedHalfWay_DoesNoMoreAndKeepsWhatWasDone()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(6);
        long number = (await room.ProposeAsync(BulkRoom.Allow)).Number!.Value;
        await room.Console.Use<StartBatch>().RunAsync(room.Lead, number, null, Cancel);
        Task working = room.WorkAsync();
        bool stopped = await room.Console.Use<CancelBatch>().RunAsync(room.Lead, number, Cancel);
        await working;
        await room.WorkAsync();

        Assert.True(stopped);

        BatchView view = await room.ReadAsync(number);
        Assert.Equal(BatchState.Cancelled, view.State);
        Assert.Equal((await room.DecisionsAsync()).Count, view.Of(MemberState.Done));
        Assert.Equal(6, view.Of(MemberState.Done) + view.Of(MemberState.Waiting));
        Assert.False(await room.Console.Use<CancelBatch>().RunAsync(room.Lead, number, Cancel));
    }

    [Fact]
    public async Task Batch_OfSomeoneWhoLostTheRight_StopsBeforeTheNextCase()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(3);
        long number = (await room.ProposeAsync(BulkRoom.Allow)).Number!.Value;
        await room.Console.Use<StartBatch>().RunAsync(room.Lead, number, null, Cancel);
        await room.Console.WriteAsync(scope => scope.Db.UserRoles.Where(row => row.UserId == room.Lead.Id).ExecuteDeleteAsync(Cancel));
        room.Console.Get<IAccessGuard>().Forget(room.Lead.Id);

        await room.WorkAsync();

        Assert.Empty(await room.DecisionsAsync());
        Assert.Equal(BatchState.Cancelled, await room.Console.ReadAsync(db => db.Set<BulkBatch>().Select(row => row.State).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Batch_InterruptedByARestart_GoesOnWhereItStood()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(5);
        long number = (await room.ProposeAsync(BulkRoom.Allow)).Number!.Value;
        await room.Console.Use<StartBatch>().RunAsync(room.Lead, number, null, Cancel);

        await room.Console.RestartAsync();
        await room.WorkAsync();
        await room.WorkAsync();

        Assert.Equal((BatchState.Done, 5), ((await room.ReadAsync(number)).State, (await room.DecisionsAsync()).Count));
        InboxEntry told = Assert.Single(await room.Console.Use<ListInbox>().RunAsync(room.Lead, Cancel));
        Assert.Equal((InboxKind.BatchFinished, $"{number}"), (told.Kind, told.Subject));
    }

    [Fact]
    public async Task Batch_ThatMovesOrCloses_MovesAndClosesEachWithItsHistory()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(4);

        await room.RunAsync(room.Move, cases.Take(2).Select(pair => pair.Case.Number));
        await room.RunAsync(BulkRoom.Close, cases.Skip(2).Select(pair => pair.Case.Number));

        Assert.Equal(
            [room.Other.Id, room.Other.Id],
            await room.Console.ReadAsync(db => db.Set<WaitingTask>().OrderBy(row => row.TaskNumber).Select(row => row.QueueId).ToListAsync(Cancel)));
        Assert.Equal(CaseState.Closed, (await room.CaseNowAsync(cases[3].Case)).State);
        Assert.Equal(
            [CaseEventKind.Moved, CaseEventKind.Moved, CaseEventKind.Withdrawn, CaseEventKind.Withdrawn],
            await room.Console.ReadAsync(db => db.Set<CaseEvent>().Where(row => row.Kind == CaseEventKind.Moved || row.Kind == CaseEventKind.Withdrawn)
                .OrderBy(row => row.CaseNumber).Select(row => row.Kind).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Bulk_AskedForByAModerator_IsRefused()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(1);
        Caller expert = await room.Console.PersonAsync(Roles.PolicyExpert);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.ProposeAsync(BulkRoom.Allow, by: room.Moderator));
        // Moving tasks asks for more than acting in bulk.
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.ProposeAsync(room.Move, by: expert));
        Assert.Equal(ProposeOutcome.Proposed, (await room.ProposeAsync(BulkRoom.Allow, by: expert)).Outcome);
        Assert.Equal(StartOutcome.NotFound, await room.Console.Use<StartBatch>().RunAsync(room.Lead, 1, null, Cancel));
    }
}
