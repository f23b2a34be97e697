using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class GetDeskCaseTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private Caller _moderator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _moderator = await _console.PersonAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task HeldTask_Read_ShowsTheItemInTheWordsOfItsSchema()
    {
        CaseQueue queue = await _console.QueueAsync([_moderator], shape: row => row.PolicyRequired = true);
        (Case about, ReviewTask task) = await _console.CaseAsync(queue, "  A line.\nAnother one.", language: "en");
        ActiveLease lease = await _console.HoldAsync(_moderator, task);

        DeskCase shown = (await ReadAsync(task))!;

        Assert.Equal((task.Number, lease.Fence, about.Number), (shown.TaskNumber, shown.Fence, shown.CaseNumber));
        Assert.Equal("Post", shown.Item.TypeName);
        Assert.Equal(("text", "  A line.\nAnother one."), (shown.Item.Fields.Single().Name, shown.Item.Fields.Single().Values.Single()));
        Assert.Equal("u-1", shown.Author!.Name);
        Assert.Null(shown.DueAt);
        Assert.True(shown.Queue.PolicyRequired);
        Assert.Contains(shown.History, line => line.Kind == CaseEventKind.Queued && line.Text == queue.Name);
    }

    [Fact]
    public async Task TaskOfSomeoneElse_Read_IsNotShown()
    {
        CaseQueue queue = await _console.QueueAsync();
        (_, ReviewTask task) = await _console.CaseAsync(queue);
        await _console.HoldAsync(await _console.PersonAsync(), task);

        Assert.Null(await ReadAsync(task));
    }

    [Fact]
    public async Task SpareTask_Read_IsNotShownBeforeItIsDrawn()
    {
        CaseQueue queue = await _console.QueueAsync();
        (_, ReviewTask task) = await _console.CaseAsync(queue);
        await _console.HoldAsync(_moderator, task, slot: LeaseSlot.Spare);

        Assert.Null(await ReadAsync(task));
    }

    [Fact]
    public async Task ExpiredLease_Read_IsNotShown()
    {
        CaseQueue queue = await _console.QueueAsync();
        (_, ReviewTask task) = await _console.CaseAsync(queue);
        await _console.HoldAsync(_moderator, task, seconds: 120);
        _console.Clock.Advance(TimeSpan.FromSeconds(121));

        Assert.Null(await ReadAsync(task));
    }

    [Fact]
    public async Task ChildSafetyCase_ReadWithoutItsPermission_IsNotShown()
    {
        Caller permitted = await _console.PersonAsync(own: Permission.ChildSafety);
        CaseQueue queue = await _console.QueueAsync();
        (_, ReviewTask one) = await _console.CaseAsync(queue, sensitivity: Sensitivity.ChildSafety);
        (_, ReviewTask other) = await _console.CaseAsync(queue, sensitivity: Sensitivity.ChildSafety);
        await _console.HoldAsync(_moderator, one);
        await _console.HoldAsync(permitted, other);

        Assert.Null(await ReadAsync(one));
        Assert.NotNull(await _console.Use<GetDeskCase>().RunAsync(permitted, other.Number, Cancel));
    }

    [Fact]
    public async Task AuthorWithAPast_Read_CountsDecisionsAndOpenCasesButNoChildSafetyOnes()
    {
        CaseQueue queue = await _console.QueueAsync();
        (_, ReviewTask task) = await _console.CaseAsync(queue);
        await _console.HoldAsync(_moderator, task);
        await DecidedAsync(queue, Verdict.Violation);
        await DecidedAsync(queue, Verdict.Allow);
        await DecidedAsync(queue, Verdict.Violation, Sensitivity.ChildSafety);
        await _console.CaseAsync(queue);
        await _console.CaseAsync(queue, sensitivity: Sensitivity.ChildSafety);
        await _console.CaseAsync(queue, author: "someone-else");

        DeskAuthor author = (await ReadAsync(task))!.Author!;

        Assert.Equal((1, 2, 1), (author.Violations, author.Reviewed, author.OpenCases));
    }

    [Fact]
    public async Task OldDecision_OfTheAuthor_NoLongerCounts()
    {
        CaseQueue queue = await _console.QueueAsync();
        await DecidedAsync(queue, Verdict.Violation);
        _console.Clock.Advance(TimeSpan.FromDays(91));
        (_, ReviewTask task) = await _console.CaseAsync(queue);
        await _console.HoldAsync(_moderator, task);

        Assert.Equal(0, (await ReadAsync(task))!.Author!.Reviewed);
    }

    [Fact]
    public async Task ReopenedCase_Read_ShowsItsHistoryAndTheEarlierDecision()
    {
        CaseQueue queue = await _console.QueueAsync();
        Case about = await DecidedAsync(queue, Verdict.Violation);
        ReviewTask again = await _console.WriteAsync(async scope =>
        {
            Case closed = await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel);
            closed.Reopen();
            scope.Tell(closed, CaseEventKind.Reopened);
            CaseQueue open = await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == queue.Id, Cancel);
            return await scope.QueueTaskAsync(Caller.System, closed, TaskKind.First, open, 50, scope.Now.AddHours(1), Cancel);
        });
        await _console.HoldAsync(_moderator, again);

        DeskCase shown = (await ReadAsync(again))!;

        Assert.Equal(2, shown.CaseVersion);
        Assert.Equal([CaseEventKind.Queued, CaseEventKind.Decided, CaseEventKind.Reopened, CaseEventKind.Queued], shown.History.Select(line => line.Kind));
        Assert.Equal((Verdict.Violation, true), (shown.EarlierDecisions.Single().Verdict, shown.EarlierDecisions.Single().OnThisCase));
    }

    [Fact]
    public async Task Thread_Read_HoldsTheItemInItsPlace()
    {
        CaseQueue queue = await _console.QueueAsync();
        (Case about, ReviewTask task) = await _console.CaseAsync(queue, "judged");
        (Case before, _) = await _console.CaseAsync(queue, "before");
        (Case beside, _) = await _console.CaseAsync(queue, "beside");
        await _console.HoldAsync(_moderator, task);
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new RelatedItem { CaseNumber = about.Number, ItemVersionId = before.ItemVersionId, Relation = ItemRelation.Thread });
            scope.Db.Add(new RelatedItem { CaseNumber = about.Number, ItemVersionId = beside.ItemVersionId, Relation = ItemRelation.Additional, Reported = true });
            return Task.FromResult(true);
        });

        DeskCase shown = (await ReadAsync(task))!;

        Assert.Equal(["before", "judged"], shown.Thread.Select(item => item.Fields[0].Values[0]));
        Assert.Equal([false, true], shown.Thread.Select(item => item.Judged));
        Assert.Equal(("beside", true), (shown.Related.Single().Fields[0].Values[0], shown.Related.Single().Reported));
    }

    [Fact]
    public async Task Choices_OfAQueue_KeepTheirKeysAndLeaveOutWhatItForbids()
    {
        Policy first = await _console.PolicyAsync();
        Policy second = await _console.PolicyAsync();
        ActionDefinition allowed = await _console.ActionAsync();
        ActionDefinition hidden = await _console.ActionAsync();
        ActionDefinition onRelated = await _console.ActionAsync(target: ActionTarget.RelatedItem);
        CaseQueue queue = await _console.QueueAsync(shape: row =>
        {
            row.PinnedPolicies = $"{first.Id},{second.Id}";
            row.HiddenActions = hidden.Id;
        });
        (_, ReviewTask task) = await _console.CaseAsync(queue);
        await _console.HoldAsync(_moderator, task);
        await _console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Policy>().SingleAsync(row => row.Id == first.Id, Cancel)).Archived = true;
            return true;
        });

        DeskCase shown = (await ReadAsync(task))!;

        Assert.Equal((second.Id, 2), (shown.Policies.Single().Id, shown.Policies.Single().Key));
        Assert.Equal([allowed.Id], shown.Actions.Select(action => action.Id));
        Assert.DoesNotContain(shown.Actions, action => action.Id == onRelated.Id);
    }

    private Task<DeskCase?> ReadAsync(ReviewTask task) => _console.Use<GetDeskCase>().RunAsync(_moderator, task.Number, Cancel);

    private async Task<Case> DecidedAsync(CaseQueue queue, Verdict verdict, Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        (Case about, ReviewTask task) = await _console.CaseAsync(queue, sensitivity: sensitivity);
        return await _console.WriteAsync(async scope =>
        {
            Case open = await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel);
            ReviewTask waiting = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == task.Number, Cancel);
            Decision decision = new() { CaseNumber = open.Number, CaseVersion = 1, TaskNumber = task.Number, DecidedAt = scope.Now, Verdict = verdict };
            scope.Db.Add(decision);
            open.Decide(decision.Id, scope.Now);
            waiting.Finish(scope.Now);
            scope.Tell(open, CaseEventKind.Decided);
            await scope.StopWaitingAsync(task.Number, Cancel);
            return open;
        });
    }
}
