using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Appeals;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Actors;

// What strikes order by themselves, and what the platform is told of them.
public abstract partial class StrikesOnEach
{
    [Fact]
    public async Task Step_ThatActsByItself_OrdersOnceWhenItIsReachedAndTakesItBackWhenStrikesFall()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        ActionDefinition suspend = await AutomaticAsync(room, 4, room.Restore.Id);
        await room.DecidedAsync(itemId: "p-1");
        Assert.Empty(await StrikeSentAsync(room));

        await room.DecidedAsync(itemId: "p-2", settled: false);
        EnforcementAction sent = Assert.Single(await StrikeSentAsync(room));
        Assert.Equal((suspend.Id, "account", AppealRoom.Account, EnforcementState.Pending), (sent.ActionId, sent.TargetTypeId, sent.TargetItemId, sent.State));
        Assert.Equal(
            $$"""{"item":{"id":"u-1","typeId":"account","typeName":"Account"},"policies":[],"rules":[],"action":{"id":"{{suspend.Id}}"},"custom":{},"userStrikeCount":4}""", sent.Body);
        await room.PassAsync();
        Decision third = await room.DecidedAsync(itemId: "p-3");
        Assert.Equal(EnforcementState.Delivered, Assert.Single(await StrikeSentAsync(room)).State);

        // Three violations are six strikes: one less is still enough, two less are not.
        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, third.Id, "A mistake", Cancel);
        Assert.Single(await StrikeSentAsync(room));
        Appeal appeal = await room.AnsweredAsync(await room.AppealedAsync("p-1"), Verdict.Allow);
        Assert.Equal(AppealState.Overturned, appeal.State);

        Assert.Equal([suspend.Id, room.Restore.Id], (await StrikeSentAsync(room)).Select(row => row.ActionId));
        StrikeOrderLine line = Assert.Single((await ReadAsync(room))!.Orders);
        Assert.Equal((4, suspend.Name, StrikeOrderState.TakenBack), (line.Count, line.Action, line.State));
        Assert.Equal(2, (await ReadAsync(room))!.Sum);
        Assert.Equal(
            [AuditAct.StrikeActionOrdered, AuditAct.StrikeActionEnded],
            await room.Console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.StrikeActionOrdered || row.Act == AuditAct.StrikeActionEnded)
                .OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel)));

        await room.DecidedAsync(itemId: "p-4");
        Assert.Equal([suspend.Id, room.Restore.Id, suspend.Id], (await StrikeSentAsync(room)).Select(row => row.ActionId));
    }

    [Fact]
    public async Task Decision_UndoneThatReachedAStep_SendsNothing()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await AutomaticAsync(room, 2, room.Restore.Id);
        (_, ReviewTask task) = await room.Console.CaseAsync(room.Queue, itemId: "p-1", author: AppealRoom.Account);
        ActiveLease lease = await room.Console.HoldAsync(room.Author, task);
        Decision decision = await room.SubmitAsync(lease, room.Author, Verdict.Violation);
        // What its author ordered is told again, and nothing else.
        DecideResult again = await room.TrySubmitAsync(lease, room.Author, Verdict.Violation);
        Assert.Equal([room.Action.Id], again.Ordered.Select(row => row.ActionId));

        await room.Console.Use<UndoDecision>().RunAsync(room.Author, decision.Id, Cancel);
        await room.PassAsync();

        Assert.Equal(EnforcementState.Cancelled, Assert.Single(await StrikeSentAsync(room)).State);
        Assert.Equal(StrikeOrderState.Cancelled, await room.Console.ReadAsync(db => db.Set<StrikeOrder>().Select(row => row.State).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Step_WhoseActionNothingTakesBack_SaysThatItStays()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await AutomaticAsync(room, 2, reversal: null);
        Decision decision = await room.DecidedAsync();

        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, decision.Id, "A mistake", Cancel);
        await room.PassAsync();

        Assert.Single(await StrikeSentAsync(room));
        Assert.Equal(StrikeOrderState.Stays, Assert.Single((await ReadAsync(room))!.Orders).State);
        // Who decides next is told beforehand what would be ordered again.
        DeskStrikes strikes = await OnDeskAsync(room);
        Assert.Equal(("Remove the post", null, null), (strikes.Orders(Severity.Medium)?.Action, strikes.Orders(Severity.Low), strikes.Reached(Severity.Medium)));
    }

    [Fact]
    public async Task Verdict_ThatMeasures_OrdersNothingByStrikes()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await AutomaticAsync(room, 1, room.Restore.Id);
        Decision allowed = await room.DecidedAsync(Verdict.Allow);
        Caller reviewer = await room.Console.PersonAsync(Roles.QualityReviewer);
        ReviewTask task = await room.Console.WriteAsync(async scope => await scope.QueueMeasuringAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == allowed.CaseNumber, Cancel),
            new MeasuringOrder(TaskKind.Qa, allowed.Id, 1, room.Queue.Id), Cancel));

        await room.SubmitAsync(await room.Console.HoldAsync(reviewer, task), reviewer, Verdict.Violation);
        await room.PassAsync();

        Assert.Empty(await room.SentAsync());
    }

    [Fact]
    public async Task Step_OfAnActionThatAsksForValuesOrIsFinal_CannotActByItself()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        ActionDefinition asking = await room.Console.ActionAsync();
        await room.Console.WriteAsync(scope => scope.Db.Set<ActionDefinition>().Where(row => row.Id == asking.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Parameters, """[{"name":"days","type":"NUMBER","required":true}]"""), Cancel));
        StrikeTable read = await room.Console.Use<ReadStrikeTable>().RunAsync(room.Judge, Cancel);

        Assert.Equal(SaveStrikeTableOutcome.NeedsAPerson, await SaveAsync(room, read, new StrikeStep(2, asking.Id, Automatic: true)));
        ActionDefinition final = await room.Console.ActionAsync(reversible: false);
        Assert.Equal(SaveStrikeTableOutcome.NeedsAPerson, await SaveAsync(room, read, new StrikeStep(2, final.Id, Automatic: true)));
        Assert.Equal(SaveStrikeTableOutcome.Saved, await SaveAsync(room, read, new StrikeStep(2, asking.Id)));
    }

    [Fact]
    public async Task Delivery_OfADecision_TellsTheStrikesThatItMakes()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync(itemId: "p-1");
        Caller cleared = await room.Console.PersonAsync(own: Permission.ChildSafety);
        await room.DecidedAsync(itemId: "p-hidden", by: cleared, sensitivity: Sensitivity.ChildSafety);
        Decision second = await room.DecidedAsync(itemId: "p-2");
        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, second.Id, "A mistake", Cancel);

        // What nobody may know of is in no sum but its own case's, where it adds nothing.
        Assert.Equal([2, 2, 4, 2], (await room.SentAsync()).Select(row => (int?)JsonNode.Parse(row.Body)!["userStrikeCount"]));
    }

    [Fact]
    public async Task Decision_UndoneBeforeTheOneThatReachedAStep_LeavesTheOrderToWhatStillReachesIt()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await AutomaticAsync(room, 4, room.Restore.Id);
        Decision first = await room.DecidedAsync(itemId: "p-1", settled: false);
        room.Console.Clock.Advance(TimeSpan.FromSeconds(3));
        Decision second = await room.DecidedAsync(itemId: "p-2", settled: false);
        room.Console.Clock.Advance(TimeSpan.FromSeconds(3));
        Decision third = await room.DecidedAsync(itemId: "p-3", settled: false);

        Assert.Equal(UndoOutcome.Undone, await UndoAsync(room, first));
        EnforcementAction waiting = Assert.Single(await StrikeSentAsync(room));
        Assert.Equal((EnforcementState.Pending, third.UndoUntil), (waiting.State, waiting.NotBefore));

        Assert.Equal(UndoOutcome.Undone, await UndoAsync(room, third));
        Assert.Equal(EnforcementState.Cancelled, Assert.Single(await StrikeSentAsync(room)).State);
        // What strikes ordered with it is no action of its own: that it was cancelled holds nothing up.
        Assert.NotNull((await room.Console.Use<RecentDecisions>().RunAsync(room.Author, Cancel)).Single(row => row.DecisionId == second.Id).UndoUntil);
        Assert.Equal(UndoOutcome.Undone, await UndoAsync(room, second));
    }

    [Fact]
    public async Task Strikes_ThatRanOut_TakeNothingBackWhateverComesAfter()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await AutomaticAsync(room, 4, room.Restore.Id);
        await room.DecidedAsync(itemId: "p-1");
        await room.DecidedAsync(itemId: "p-2");
        Decision allowed = await room.DecidedAsync(Verdict.Allow, itemId: "p-3");
        room.Console.Clock.Advance(TimeSpan.FromDays(181));

        Decision later = await room.DecidedAsync(itemId: "p-4");
        Assert.Single(await StrikeSentAsync(room));
        Caller reviewer = await room.Console.PersonAsync(Roles.QualityReviewer);
        ReviewTask task = await room.Console.WriteAsync(async scope => await scope.QueueMeasuringAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == allowed.CaseNumber, Cancel),
            new MeasuringOrder(TaskKind.Qa, allowed.Id, 1, room.Queue.Id), Cancel));
        Decision measured = await room.SubmitAsync(await room.Console.HoldAsync(reviewer, task), reviewer, Verdict.Violation);
        Assert.Equal(UndoOutcome.Undone, await UndoAsync(room, measured, reviewer));
        Assert.Single(await StrikeSentAsync(room));
        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, later.Id, "A mistake", Cancel);

        Assert.Single(await StrikeSentAsync(room));
        Assert.Equal(StrikeOrderState.Ordered, await room.Console.ReadAsync(db => db.Set<StrikeOrder>().Select(row => row.State).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task TakingBack_ThatHasNotArrived_NeverArrivesBehindTheNextOrder()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        ActionDefinition suspend = await AutomaticAsync(room, 4, room.Restore.Id);
        await room.DecidedAsync(itemId: "p-1");
        Decision reached = await room.DecidedAsync(itemId: "p-2");
        // Its delivery is so long ago that it is kept no more.
        await room.Console.WriteAsync(scope => scope.Db.Set<EnforcementAction>().Where(row => row.Kind == DeliveryKind.StrikeAction).ExecuteDeleteAsync(Cancel));
        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, reached.Id, "A mistake", Cancel);
        Assert.Equal([(room.Restore.Id, EnforcementState.Pending)], await StatesAsync(room));

        room.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        Decision again = await room.DecidedAsync(itemId: "p-3", settled: false);
        Assert.Equal([(room.Restore.Id, EnforcementState.Cancelled), (suspend.Id, EnforcementState.Pending)], await StatesAsync(room));

        room.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        await UndoAsync(room, again);
        Assert.Equal(
            [(room.Restore.Id, EnforcementState.Cancelled), (suspend.Id, EnforcementState.Cancelled), (room.Restore.Id, EnforcementState.Pending)], await StatesAsync(room));
    }

    [Fact]
    public async Task HigherStep_TakenBack_LeavesWhatIsSetForTheRest()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        ActionDefinition suspend = await AutomaticAsync(room, 2, room.Restore.Id);
        StrikeTable read = await room.Console.Use<ReadStrikeTable>().RunAsync(room.Judge, Cancel);
        ActionDefinition ban = await room.Console.ActionAsync();
        await room.Console.WriteAsync(scope => scope.Db.Set<ActionDefinition>().Where(row => row.Id == ban.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReversalActionId, room.Restore.Id), Cancel));
        Assert.Equal(SaveStrikeTableOutcome.Saved, await room.Console.Use<SaveStrikeTable>().RunAsync(
            room.Judge, read with { Steps = [.. read.Steps, new StrikeStep(3, ban.Id, Automatic: true)] }, read, Cancel));
        Policy low = await room.Console.PolicyAsync(Severity.Low);
        (_, ReviewTask task) = await room.Console.CaseAsync(room.Queue, itemId: "p-1", author: AppealRoom.Account);
        Decision small = await room.SubmitAsync(await room.Console.HoldAsync(room.Author, task), room.Author, Verdict.Violation, command => command with { PolicyId = low.Id });
        await room.PassAsync();
        await room.DecidedAsync(itemId: "p-2");
        Assert.Equal([(ban.Id, EnforcementState.Delivered)], await StatesAsync(room));

        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, small.Id, "A mistake", Cancel);

        Assert.Equal(
            new (string?, EnforcementState)[] { (ban.Id, EnforcementState.Delivered), (suspend.Id, EnforcementState.Pending), (room.Restore.Id, EnforcementState.Cancelled) }.Order(),
            (await StatesAsync(room)).Order());
    }

    private static async Task<UndoOutcome> UndoAsync(AppealRoom room, Decision decision, Caller? by = null) =>
        (await room.Console.Use<UndoDecision>().RunAsync(by ?? room.Author, decision.Id, Cancel)).Outcome;

    private static async Task<IEnumerable<(string?, EnforcementState)>> StatesAsync(AppealRoom room) => (await StrikeSentAsync(room)).Select(row => (row.ActionId, row.State));

    private static async Task<ActionDefinition> AutomaticAsync(AppealRoom room, int count, string? reversal)
    {
        ActionDefinition suspend = await room.Console.ActionAsync();
        await room.Console.WriteAsync(scope => scope.Db.Set<ActionDefinition>().Where(row => row.Id == suspend.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReversalActionId, reversal), Cancel));
        Assert.Equal(SaveStrikeTableOutcome.Saved, await SaveAsync(
            room, await room.Console.Use<ReadStrikeTable>().RunAsync(room.Judge, Cancel), new StrikeStep(count, suspend.Id, Automatic: true)));
        return suspend;
    }

    private static Task<SaveStrikeTableOutcome> SaveAsync(AppealRoom room, StrikeTable read, StrikeStep step) =>
        room.Console.Use<SaveStrikeTable>().RunAsync(room.Judge, read with { Steps = [step] }, read, Cancel);

    private static async Task<List<EnforcementAction>> StrikeSentAsync(AppealRoom room) => [.. (await room.SentAsync()).Where(row => row.Kind == DeliveryKind.StrikeAction)];
}
