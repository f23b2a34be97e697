using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

public sealed class ChildSafetyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Marked_TheCaseIsGoneForEveryoneWithoutThePermission()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller cleared = await desk.Console.PersonAsync(own: Permission.ChildSafety);
        CaseQueue special = await desk.Console.QueueAsync([desk.Person, cleared], kind: QueueKind.ChildSafety);

        Assert.Equal(MarkChildSafetyOutcome.Marked, await MarkAsync(desk));

        Assert.Equal(Sensitivity.ChildSafety, (await desk.CaseNowAsync()).Sensitivity);
        WaitingTask waiting = await desk.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal((desk.Task.Number, special.Id, Sensitivity.ChildSafety), (waiting.TaskNumber, waiting.QueueId, waiting.Sensitivity));
        Assert.Equal(DecideOutcome.LeaseLost, (await desk.DecideAsync(Verdict.Allow)).Outcome);
        Assert.Equal(ClaimOutcome.NothingSuitable, (await desk.Console.Use<ClaimNextCase>().RunAsync(desk.Person, null, cancellationToken: Cancel)).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, (await desk.Console.Use<ClaimNextCase>().RunAsync(cleared, null, cancellationToken: Cancel)).Outcome);
        Assert.Contains(AuditAct.CaseMarkedChildSafety, await desk.Console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel)));
        List<OutboxEvent> told = await desk.Console.ReadAsync(db => db.Set<OutboxEvent>().OrderByDescending(row => row.Sequence).ToListAsync(Cancel));
        Assert.All(told.Where(row => row.Kind is LiveKind.CaseChanged), row => Assert.True(row.ChildSafety));
        Assert.True(told.First(row => row.Kind == LiveKind.CaseQueued).ChildSafety);
    }

    [Fact]
    public async Task Marked_WhereNoQueueIsMadeForIt_TheCaseIsHiddenAllTheSame()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        Assert.Equal(MarkChildSafetyOutcome.Marked, await MarkAsync(desk));

        Assert.Equal(ClaimOutcome.NothingSuitable, (await desk.Console.Use<ClaimNextCase>().RunAsync(desk.Person, null, cancellationToken: Cancel)).Outcome);
    }

    [Fact]
    public async Task Marked_ItsMediaAndTheSameBytesElsewhereAreFlagged()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        string hash = Convert.ToHexStringLower(SHA256.HashData([1]));
        (Guid own, Guid copy, Guid other) = await desk.Console.WriteAsync(scope =>
        {
            MediaObject[] media = [new() { Sha256 = hash }, new() { Sha256 = hash }, new() { Sha256 = Convert.ToHexStringLower(SHA256.HashData([2])) }];
            scope.Db.AddRange(media);
            scope.Db.Add(new ItemMedia { ItemVersionId = desk.Case.ItemVersionId, MediaId = media[0].Id, Field = "images" });
            return Task.FromResult((media[0].Id, media[1].Id, media[2].Id));
        });

        await MarkAsync(desk);

        List<Guid> flagged = await desk.Console.ReadAsync(db => db.Set<MediaObject>().Where(row => row.ChildSafety).Select(row => row.Id).ToListAsync(Cancel));
        Assert.Equivalent(new[] { own, copy }, flagged);
        Assert.DoesNotContain(other, flagged);
    }

    [Fact]
    public async Task Marked_OtherVersionsOfTheItemGoWithItAndQualityWorkEnds()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        string itemId = await desk.Console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.ItemId).SingleAsync(Cancel));
        (Case edited, ReviewTask editedTask) = await desk.Console.CaseAsync(desk.Queue, text: "Edited", itemId: itemId);
        (Case unrelated, _) = await desk.Console.CaseAsync(desk.Queue);
        ReviewTask quality = await desk.Console.WriteAsync(async scope => await scope.QueueTaskAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == desk.Case.Number, Cancel), TaskKind.Qa, desk.Queue, 50, Core.Data.Instant.Never, Cancel));
        Caller other = await desk.Console.PersonAsync();
        await desk.Console.HoldAsync(other, editedTask);

        await MarkAsync(desk);

        Dictionary<long, Sensitivity> cases = await desk.Console.ReadAsync(db => db.Set<Case>().ToDictionaryAsync(row => row.Number, row => row.Sensitivity, Cancel));
        Assert.Equal((Sensitivity.ChildSafety, Sensitivity.Ordinary), (cases[edited.Number], cases[unrelated.Number]));
        Assert.Equal(TaskState.Waiting, (await desk.TaskNowAsync(editedTask.Number)).State);
        Assert.Equal(TaskState.Withdrawn, (await desk.TaskNowAsync(quality.Number)).State);
        Assert.Equal(0, await desk.CountAsync<ActiveLease>());
    }

    [Fact]
    public async Task Marked_OwnDecisionOnIt_CanNoLongerBeSeenOrUndone()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        await desk.Console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(Cancel)).Sensitivity = Sensitivity.ChildSafety);

        Assert.Equal(UndoOutcome.NotYours, (await desk.UndoAsync(decided.DecisionId)).Outcome);
        Assert.Empty(await desk.Console.Use<RecentDecisions>().RunAsync(desk.Person, Cancel));
    }

    [Fact]
    public async Task MarkedAgainBySomeoneCleared_TheTaskStaysWithThem()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(kind: QueueKind.ChildSafety, sensitivity: Sensitivity.ChildSafety, own: [Permission.ChildSafety]);

        Assert.Equal(MarkChildSafetyOutcome.AlreadyMarked, await MarkAsync(desk));

        Assert.Equal(1, await desk.CountAsync<ActiveLease>());
    }

    [Fact]
    public async Task WithoutTheTaskInHand_NothingIsMarked()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller other = await desk.Console.PersonAsync();

        Assert.Equal(
            MarkChildSafetyOutcome.LeaseLost, await desk.Console.Use<MarkChildSafety>().RunAsync(other, desk.Task.Number, desk.Lease.Fence, Cancel));
    }

    private static Task<MarkChildSafetyOutcome> MarkAsync(DecisionDesk desk) =>
        desk.Console.Use<MarkChildSafety>().RunAsync(desk.Person, desk.Task.Number, desk.Lease.Fence, Cancel);
}
