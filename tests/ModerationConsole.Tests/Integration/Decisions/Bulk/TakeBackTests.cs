using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions.Bulk;

public sealed class TakeBackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decisions_TakenBackInsideTheWindow_SendNothingAndWaitAgain()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(3);
        // The third reaches what is set for strikes, and the first takes that back.
        await room.Console.StepAsync(6);
        BatchView done = await room.RunAsync(room.Violation);
        Assert.Single(await room.OrderedAsync(), row => row.Kind == DeliveryKind.StrikeAction);
        room.Console.Clock.Advance(TimeSpan.FromSeconds(10));

        BatchView back = await room.TakeBackAsync(done.Number);

        Assert.Equal((BatchState.TakenBack, 3), (back.State, back.Of(MemberState.TakenBack)));
        Assert.All(await room.OrderedAsync(), row => Assert.Equal(EnforcementState.Cancelled, row.State));
        Assert.All(await room.DecisionsAsync(), row => Assert.Equal(DecisionState.Undone, row.State));
        Assert.Equal(CaseState.Open, (await room.CaseNowAsync(cases[0].Case)).State);
        Assert.Equal(3, await room.Console.ReadAsync(db => db.Set<WaitingTask>().CountAsync(row => row.QueueId == room.Queue.Id, Cancel)));
        // Whoever works the queue is offered them as before.
        Assert.Equal(cases[0].Task.Number, (await room.Console.ClaimAsync(room.Moderator)).TaskNumber);
    }

    [Fact]
    public async Task Decisions_TakenBackAfterTheWindow_AreReplacedWithTheirOwnDelivery()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(2);
        BatchView done = await room.RunAsync(room.Violation);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await room.Console.WriteAsync(async scope =>
        {
            foreach (EnforcementAction sent in await scope.Db.Set<EnforcementAction>().ToListAsync())
            {
                scope.Db.Entry(sent).Property(row => row.State).CurrentValue = EnforcementState.Delivered;
            }

            return 0;
        });

        BatchView back = await room.TakeBackAsync(done.Number);

        Assert.Equal(2, back.Of(MemberState.Reversed));
        List<Decision> decisions = await room.DecisionsAsync();
        Assert.Equal([DecisionState.Reversed, DecisionState.Reversed, DecisionState.Effective, DecisionState.Effective], decisions.Select(row => row.State));
        Assert.Equal(decisions.Take(2).Select(row => (Guid?)row.Id), decisions.Skip(2).Select(row => row.ReversesId));
        Assert.All(decisions.Skip(2), row => Assert.Equal((Verdict.Allow, $"{room.Action.Id}_back"), (row.Verdict, row.Actions)));
        Assert.All(decisions, row => Assert.Equal(row.Hash, DecisionHash.Of(row)));
        Assert.Equal(decisions[2].Id, (await room.CaseNowAsync(cases[0].Case)).DecisionId);
        Assert.Equal(2, (await room.OrderedAsync()).Count(row => row.State == EnforcementState.Pending && row.ActionId == $"{room.Action.Id}_back"));
        Assert.Equal(2, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.DecisionReversed, Cancel)));
    }

    [Theory]
    [InlineData(EnforcementState.Failed, 0, 0)]
    [InlineData(EnforcementState.Pending, 1, 1)]
    public async Task Violation_OfWhichNothingOrPerhapsSomethingArrived_TellsThePlatformWhatOneReversalWouldTell(EnforcementState state, int attempts, int told)
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        await room.CasesAsync(1);
        BatchView done = await room.RunAsync(room.Violation);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await room.Console.WriteAsync(async scope =>
        {
            EnforcementAction ordered = await scope.Db.Set<EnforcementAction>().SingleAsync();
            (scope.Db.Entry(ordered).Property(row => row.State).CurrentValue, scope.Db.Entry(ordered).Property(row => row.Attempts).CurrentValue) = (state, attempts);
            return 0;
        });

        BatchView back = await room.TakeBackAsync(done.Number);

        Assert.Equal(1, back.Of(MemberState.Reversed));
        List<EnforcementAction> ordered = await room.OrderedAsync();
        Assert.Equal(told, ordered.Count(row => row.ActionId == $"{room.Action.Id}_back"));
        Assert.Equal(state == EnforcementState.Pending ? EnforcementState.Cancelled : state, ordered[0].State);
    }

    [Fact]
    public async Task Allowed_TakenBackAfterTheWindow_IsJudgedAnew()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        (Case about, _) = (await room.CasesAsync(1))[0];
        BatchView done = await room.RunAsync(BulkRoom.Allow);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        await room.Console.Get<CloseDecidedCases>().RunOnceAsync(Cancel);

        await room.TakeBackAsync(done.Number);

        Assert.Equal((CaseState.Open, 2), ((await room.CaseNowAsync(about)).State, (await room.CaseNowAsync(about)).CaseVersion));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<WaitingTask>().CountAsync(row => row.QueueId == room.Queue.Id, Cancel)));
    }

    [Fact]
    public async Task Decision_ThatWasReplacedSince_StandsAndIsTold()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(2);
        BatchView done = await room.RunAsync(BulkRoom.Allow);
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == cases[0].Case.Number)).Reopen();
            return 0;
        });

        BatchView back = await room.TakeBackAsync(done.Number);

        Assert.Equal((1, 1), (back.Of(MemberState.Stands), back.Of(MemberState.TakenBack)));
        Assert.Equal(LeftOutReason.WentOn, await room.ReasonAsync(done.Number, cases[0].Case));
    }

    [Fact]
    public async Task MovedAndClosed_TakenBack_AreWhereTheyWere()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        var cases = await room.CasesAsync(4);
        BatchView moved = await room.RunAsync(room.Move, cases.Take(2).Select(pair => pair.Case.Number));
        BatchView closed = await room.RunAsync(BulkRoom.Close, cases.Skip(2).Select(pair => pair.Case.Number));
        await room.Console.HoldAsync(room.Moderator, cases[0].Task);

        BatchView movedBack = await room.TakeBackAsync(moved.Number);
        BatchView openedAgain = await room.TakeBackAsync(closed.Number);

        Assert.Equal((1, 1), (movedBack.Of(MemberState.Stands), movedBack.Of(MemberState.TakenBack)));
        Assert.Equal(2, openedAgain.Of(MemberState.TakenBack));
        Assert.Equal(CaseState.Open, (await room.CaseNowAsync(cases[2].Case)).State);
        Assert.Equal(3, await room.Console.ReadAsync(db => db.Set<WaitingTask>().CountAsync(row => row.QueueId == room.Queue.Id, Cancel)));
    }
}
