using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

/// <summary>One task on the screen, one drawn ahead; moved or taken back.</summary>
public sealed class SlotTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_HoldsOneShownAndOneSpareAtMost()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        for (int i = 0; i < 4; i++)
        {
            await console.CaseAsync(queue);
        }

        LeasedTask shown = await console.ClaimAsync(person);
        LeasedTask spare = await console.ClaimAsync(person, LeaseSlot.Spare);
        ClaimResult moreShown = await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel);
        ClaimResult moreSpare = await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Spare, Cancel);

        Assert.NotEqual(shown.TaskNumber, spare.TaskNumber);
        Assert.Null(spare.ShownAt);
        Assert.Equal((ClaimOutcome.AlreadyHolding, shown.TaskNumber), (moreShown.Outcome, moreShown.Task!.TaskNumber));
        Assert.Equal((ClaimOutcome.AlreadyHolding, spare.TaskNumber), (moreSpare.Outcome, moreSpare.Task!.TaskNumber));
        Assert.Equal(2, await console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task LastTaskThatWaits_IsNotDrawnAhead()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue);
        (_, ReviewTask last) = await console.CaseAsync(queue);
        await console.ClaimAsync(person);

        ClaimResult ahead = await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Spare, Cancel);

        Assert.Equal(ClaimOutcome.NothingSuitable, ahead.Outcome);
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(last.Number)).State);
    }

    [Fact]
    public async Task Claim_SpareNoLongerAllowed_GoesBackAndAnotherIsDrawn()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue, priority: 90, language: "fr");
        (_, ReviewTask english) = await console.CaseAsync(queue, language: "en");
        LeasedTask spare = await console.ClaimAsync(person, LeaseSlot.Spare);
        await console.WriteAsync(async scope =>
            (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == person.Id, Cancel)).Languages = "en");

        LeasedTask shown = await console.ClaimAsync(person);

        Assert.Equal(english.Number, shown.TaskNumber);
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(spare.TaskNumber)).State);
    }

    [Fact]
    public async Task SecondLeaseInOnePlace_IsRefusedByTheDatabase()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        var (_, one) = await console.CaseAsync(queue);
        var (_, two) = await console.CaseAsync(queue);
        await console.HoldAsync(person, one);

        await Assert.ThrowsAsync<DbUpdateException>(() => console.HoldAsync(person, two));
    }

    [Fact]
    public async Task Spare_ScreenIsFree_IsShownAndItsTimeBegins()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue);
        await console.CaseAsync(queue);
        await console.CaseAsync(queue);
        LeasedTask shown = await console.ClaimAsync(person);
        LeasedTask spare = await console.ClaimAsync(person, LeaseSlot.Spare);

        ShowResult tooEarly = await console.Use<ShowTask>().RunAsync(person, spare.TaskNumber, spare.Fence, Cancel);
        await console.FinishAsync(shown);
        console.Clock.Advance(TimeSpan.FromSeconds(5));
        ShowResult then = await console.Use<ShowTask>().RunAsync(person, spare.TaskNumber, spare.Fence, Cancel);

        Assert.Equal(ShowOutcome.ScreenTaken, tooEarly.Outcome);
        Assert.Equal(ShowOutcome.Shown, then.Outcome);
        Assert.Equal((LeaseSlot.Shown, spare.Fence, console.Clock.GetUtcNow()), (then.Task!.Slot, then.Task.Fence, then.Task.ShownAt));
    }

    [Fact]
    public async Task Spare_NoLongerAllowedWhenDrawn_GoesBackUnseen()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue, language: "fr");
        await console.CaseAsync(queue, language: "fr");
        LeasedTask spare = await console.ClaimAsync(person, LeaseSlot.Spare);
        await console.WriteAsync(async scope =>
            (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == person.Id, Cancel)).Languages = "en");

        ShowResult result = await console.Use<ShowTask>().RunAsync(person, spare.TaskNumber, spare.Fence, Cancel);

        Assert.Equal(new ShowResult(ShowOutcome.WentBack), result);
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(spare.TaskNumber)).State);
    }

    [Fact]
    public async Task Claim_SpareIsHeld_ShowsItInsteadOfDrawingAnother()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue);
        await console.CaseAsync(queue, priority: 10);
        LeasedTask spare = await console.ClaimAsync(person, LeaseSlot.Spare);

        LeasedTask shown = await console.ClaimAsync(person);

        Assert.Equal((spare.TaskNumber, spare.Fence, LeaseSlot.Shown), (shown.TaskNumber, shown.Fence, shown.Slot));
    }

    [Fact]
    public async Task Claim_OfAnotherQueue_GivesTheSpareBack()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue one = await console.QueueAsync([person]);
        CaseQueue two = await console.QueueAsync([person]);
        await console.CaseAsync(one, priority: 90);
        await console.CaseAsync(two);
        LeasedTask spare = await console.ClaimAsync(person, LeaseSlot.Spare);

        ClaimResult result = await console.Use<ClaimNextCase>().RunAsync(person, two.Id, LeaseSlot.Shown, Cancel);

        Assert.Equal((ClaimOutcome.Claimed, two.Id), (result.Outcome, result.Task!.QueueId));
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(spare.TaskNumber)).State);
    }

    [Fact]
    public async Task Move_ToAQueueOneMayNotWork_WaitsThereWithItsDeadlineAndALineOfHistory()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        CaseQueue from = await console.QueueAsync([person]);
        CaseQueue to = await console.QueueAsync([other]);
        DateTimeOffset due = console.Clock.GetUtcNow().AddHours(1);
        var (about, _) = await console.CaseAsync(from, priority: 70, dueAt: due);
        LeasedTask held = await console.ClaimAsync(person);

        MoveOutcome outcome = await console.Use<MoveTask>().RunAsync(person, held.TaskNumber, held.Fence, to.Id, Cancel);
        LeasedTask there = await console.ClaimAsync(other);

        Assert.Equal(MoveOutcome.Moved, outcome);
        Assert.Equal((held.TaskNumber, to.Id, 70, due), (there.TaskNumber, there.QueueId, there.Priority, there.DueAt));
        CaseEvent line = await console.ReadAsync(db => db.Set<CaseEvent>().SingleAsync(row => row.Kind == CaseEventKind.Moved, Cancel));
        Assert.Equal((about.Number, null, to.Id, to.Name), (line.CaseNumber, line.PersonId, line.SubjectId, line.Text));
        Assert.True(await console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.TaskMoved && row.Subject == to.Id.ToString(), Cancel)));
    }

    [Fact]
    public async Task Move_ThatCannotBe_LeavesTheTaskInHand()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync(own: Permission.ChildSafety);
        CaseQueue queue = await console.QueueAsync([person]);
        CaseQueue archived = await console.QueueAsync(shape: row => row.Archived = true);
        CaseQueue open = await console.QueueAsync();
        await console.CaseAsync(queue, sensitivity: Sensitivity.ChildSafety);
        LeasedTask held = await console.ClaimAsync(person);
        Task<MoveOutcome> MoveAsync(long fence, Guid to) => console.Use<MoveTask>().RunAsync(person, held.TaskNumber, fence, to, Cancel);

        Assert.Equal(MoveOutcome.NotYours, await MoveAsync(held.Fence + 1, open.Id));
        Assert.Equal(MoveOutcome.SameQueue, await MoveAsync(held.Fence, queue.Id));
        Assert.Equal(MoveOutcome.QueueClosed, await MoveAsync(held.Fence, archived.Id));
        Assert.Equal(MoveOutcome.ChildSafetyStays, await MoveAsync(held.Fence, open.Id));
        Assert.Single(await console.Use<KeepLease>().RunAsync(person, Cancel));
    }

    [Fact]
    public async Task Lead_TakesATaskForAnother_TheHolderHasNothingAndIsNotOfferedItAgain()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller holder = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([holder]));
        LeasedTask held = await console.ClaimAsync(holder);

        Assert.Equal(RevokeOutcome.Revoked, await console.Use<RevokeLease>().RunAsync(lead, held.TaskNumber, forAnother: true, Cancel));
        Assert.Equal(RevokeOutcome.NotHeld, await console.Use<RevokeLease>().RunAsync(lead, held.TaskNumber, forAnother: true, Cancel));

        Assert.Empty(await console.Use<KeepLease>().RunAsync(holder, Cancel));
        Assert.Equal(ClaimOutcome.NothingSuitable, await console.TryClaimAsync(holder));
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.LeaseRevoked, Cancel));
        Assert.Equal(lead.Id, entry.ActorId);
    }

    [Fact]
    public async Task SignedOutOrDisabled_GivesBackWhatWasHeldAtOnce()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Caller leaver = await console.PersonAsync();
        Caller disabled = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([leaver, disabled]);
        for (int i = 0; i < 3; i++)
        {
            await console.CaseAsync(queue);
        }

        LeasedTask shown = await console.ClaimAsync(leaver);
        LeasedTask spare = await console.ClaimAsync(leaver, LeaseSlot.Spare);
        LeasedTask other = await console.ClaimAsync(disabled);
        await console.Use<SignOut>().RunAsync(leaver, null, Cancel);
        await console.Use<DisablePerson>().RunAsync(admin, disabled.Id, Cancel);

        Assert.Equal(0, await console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
        Dictionary<long, LeaseEnd> ends = await console.ReadAsync(db => db.Set<LeaseRecord>().ToDictionaryAsync(row => row.TaskNumber, row => row.End, Cancel));
        Assert.Equal((LeaseEnd.Released, LeaseEnd.Released, LeaseEnd.Revoked), (ends[shown.TaskNumber], ends[spare.TaskNumber], ends[other.TaskNumber]));
    }

    [Fact]
    public async Task Revoke_ByOneWhoMayNotReassign_IsRefusedInTheCore()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller moderator = await console.PersonAsync();

        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<RevokeLease>().RunAsync(moderator, 1, forAnother: false, Cancel));
    }

    [Theory]
    [InlineData("fr", "en", false)]
    [InlineData("fr-CA", "fr", true)]
    [InlineData("fr", "en,fr-CA", true)]
    [InlineData("fr", "", true)]
    [InlineData(null, "en", true)]
    public async Task Offer_Language_IsOnlyForThoseWhoReviewIt(string? language, string spoken, bool offered)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync(languages: spoken);
        await console.CaseAsync(await console.QueueAsync([person]), language: language);

        Assert.Equal(offered ? ClaimOutcome.Claimed : ClaimOutcome.NothingSuitable, await console.TryClaimAsync(person));
    }

    [Fact]
    public async Task Offer_ChildSafetyInAnOrdinaryQueue_IsOnlyForThoseWithThePermission()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller without = await console.PersonAsync();
        Caller with = await console.PersonAsync(own: Permission.ChildSafety);
        await console.CaseAsync(await console.QueueAsync([without, with]), sensitivity: Sensitivity.ChildSafety);

        Assert.Equal(ClaimOutcome.NothingSuitable, await console.TryClaimAsync(without));
        Assert.Equal(ClaimOutcome.Claimed, await console.TryClaimAsync(with));
    }
}
