using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Stacks;

/// <summary>What was decided together is taken back together, and who decided it stays known.</summary>
public sealed class UndoStackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stack_TakenBack_IsOnTheScreenAgain_AndNothingIsSent()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        ActionDefinition remove = await room.Console.ActionAsync();
        ReviewTask shown = await room.PostAsync();
        ReviewTask second = await room.PostAsync();
        ReviewTask third = await room.PostAsync();
        // One member reaches what is set for strikes, and the one before it takes that back.
        await room.Console.StepAsync(4, unnamed: 2);
        (LeasedTask drawn, _) = await room.DrawAsync();
        DecideStackResult decided = await room.DecideAsync(drawn, Verdict.Violation, new ActionOrder(remove.Id));
        Assert.Single(await room.AllAsync<EnforcementAction>(), row => row.Kind == DeliveryKind.StrikeAction);

        UndoResult undo = await room.UndoAsync(decided);

        Assert.Equal((UndoOutcome.Undone, 2, 0), (undo.Outcome, undo.Members, undo.Kept));
        Assert.All(await room.AllAsync<Decision>(), row => Assert.Equal(DecisionState.Undone, row.State));
        Assert.All(await room.AllAsync<EnforcementAction>(), row => Assert.Equal(EnforcementState.Cancelled, row.State));
        Assert.All(await room.AllAsync<Case>(), about => Assert.Equal(CaseState.Open, about.State));
        List<ActiveLease> leases = await room.LeasesAsync();
        Assert.Equal(
            [(shown.Number, LeaseSlot.Shown), (second.Number, LeaseSlot.Stack), (third.Number, LeaseSlot.Stack)], leases.Select(lease => (lease.TaskNumber, lease.Slot)));
        Assert.Equal(2, await room.GatherAsync(drawn with { Fence = undo.Task!.Fence }));

        DecideStackResult again = await room.DecideAsync(drawn with { Fence = undo.Task.Fence }, Verdict.Allow);
        Assert.Equal((DecideOutcome.Decided, 2), (again.Shown.Outcome, again.Members));
    }

    [Fact]
    public async Task Stack_TakenBackWhileAnotherIsShown_SendsThatOnesMembersBack()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        DecideStackResult decided = await room.DecideAsync(drawn, Verdict.Allow);
        const string other = "The council voted against the new bridge last night, and nobody on our street understands why";
        ReviewTask next = await room.PostAsync(other);
        ReviewTask itsMember = await room.PostAsync(other);
        Assert.Equal(1, (await room.DrawAsync()).Members);

        UndoResult undo = await room.UndoAsync(decided);

        Assert.Equal((UndoOutcome.Undone, 1), (undo.Outcome, undo.Members));
        Assert.Equal([itsMember.Number], await room.WaitingAsync());
        Assert.Equal(next.Number, Assert.Single(await room.LeasesAsync(), lease => lease.Slot == LeaseSlot.Spare).TaskNumber);
    }

    [Fact]
    public async Task Member_ThatHasBegunToLeave_Stands_AndTheOutcomeSaysSo()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        ActionDefinition remove = await room.Console.ActionAsync();
        await room.PostAsync();
        ReviewTask leaves = await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        DecideStackResult decided = await room.DecideAsync(drawn, Verdict.Violation, new ActionOrder(remove.Id));
        await room.Console.WriteAsync(async scope =>
        {
            EnforcementAction action = await scope.Db.Set<EnforcementAction>().SingleAsync(row => row.CaseNumber == leaves.CaseNumber, Cancel);
            scope.Db.Entry(action).Property(row => row.State).CurrentValue = EnforcementState.Delivering;
            return 0;
        });

        UndoResult undo = await room.UndoAsync(decided);

        Assert.Equal((UndoOutcome.Undone, 1, 1), (undo.Outcome, undo.Members, undo.Kept));
        Assert.Equal(leaves.CaseNumber, Assert.Single(await room.AllAsync<Decision>(), row => row.State == DecisionState.Effective).CaseNumber);
    }

    [Fact]
    public async Task Member_TakenBackByItself_LeavesTheOthersDecided()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        ReviewTask member = await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        await room.DecideAsync(drawn, Verdict.Allow);
        Decision decision = (await room.AllAsync<Decision>()).Single(row => row.TaskNumber == member.Number);

        UndoResult undo = await room.Console.Use<UndoDecision>().RunAsync(room.Person, decision.Id, Cancel);

        Assert.Equal((UndoOutcome.Undone, 0), (undo.Outcome, undo.Members));
        Assert.Single(await room.AllAsync<Decision>(), row => row.State == DecisionState.Effective);
    }

    [Fact]
    public async Task RecentDecisions_NameAStackOnce()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        await room.DecideAsync(drawn, Verdict.Allow);

        RecentDecision recent = Assert.Single(await room.Console.Use<RecentDecisions>().RunAsync(room.Person, Cancel));
        Assert.Equal((drawn.TaskNumber, 2), (recent.TaskNumber, recent.Members));
    }

    [Fact]
    public async Task Decider_OfAMember_HadAHandInIt_ThoughSomeoneElseJudgedItLater()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        Caller later = await room.Console.PersonAsync();
        await room.PostAsync();
        ReviewTask member = await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        await room.DecideAsync(drawn, Verdict.Allow);
        Decision decision = (await room.AllAsync<Decision>()).Single(row => row.TaskNumber == member.Number);
        UndoResult undo = await room.Console.Use<UndoDecision>().RunAsync(room.Person, decision.Id, Cancel);
        await room.Console.Use<ReleaseTask>().RunAsync(room.Person, member.Number, undo.Task!.Fence, exclude: true, Cancel);
        ActiveLease lease = await room.Console.HoldAsync(later, member);
        await room.Console.Use<DecideCase>().RunAsync(later, new DecideCommand(member.Number, lease.Fence, Verdict.Violation), Cancel);

        List<Guid> hands = await room.Console.ReadAsync(db => StackHands.OfAsync(db, member.CaseNumber, Cancel));

        Assert.Equal(new[] { room.Person.Id, later.Id }.Order(), hands.Order());
    }

    [Fact]
    public async Task RecordOfAStack_CannotBeChangedOrDeleted()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        (LeasedTask drawn, _) = await room.DrawAsync();
        await room.DecideAsync(drawn, Verdict.Allow);

        await Assert.ThrowsAnyAsync<Exception>(() => room.Console.WriteAsync(scope => scope.Db.Set<StackedDecision>().ExecuteDeleteAsync(Cancel)));
        await Assert.ThrowsAnyAsync<Exception>(() => room.Console.WriteAsync(scope =>
            scope.Db.Set<StackedDecision>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Place, 7), Cancel)));
        Assert.Equal(2, await room.CountAsync<StackedDecision>());
    }
}
