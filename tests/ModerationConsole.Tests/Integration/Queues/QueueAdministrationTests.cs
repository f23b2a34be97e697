using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

public sealed class QueueAdministrationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstQueue_IsDefaultAndFallback_UntilOthersTakeTheirPlace()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        await SaveAsync(console, admin, new QueueSettings(null, "First", "first"));
        await SaveAsync(console, admin, new QueueSettings(null, "Second", "second", IsDefault: true));
        await SaveAsync(console, admin, new QueueSettings(null, "Third", "third", IsFallback: true));

        IReadOnlyList<QueueSettings> queues = await console.Use<ListQueues>().RunAsync(admin, Cancel);

        Assert.Equal(["First", "Second", "Third"], queues.Select(queue => queue.Name));
        Assert.Equal([false, true, false], queues.Select(queue => queue.IsDefault));
        Assert.Equal([false, false, true], queues.Select(queue => queue.IsFallback));
        Assert.Equal(3, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.QueueChanged && row.ActorId == admin.Id, Cancel)));
    }

    [Fact]
    public async Task Change_IsStoredWholeAndComesBackAsItWas()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Policy policy = await console.PolicyAsync();
        Policy other = await console.PolicyAsync();
        Guid id = await SaveAsync(console, Caller.System, new QueueSettings(null, "Queue", "queue"));
        QueueSettings wanted = (await ReadAsync(console, id)) with
        {
            Name = "Renamed",
            Description = "What waits here",
            PolicyRequired = false,
            ReasonRequired = false,
            DeadlineMinutes = 90,
            PinnedPolicies = [other.Id, policy.Id],
            HiddenActions = ["act_ban"],
        };

        await SaveAsync(console, Caller.System, wanted);

        QueueSettings stored = await ReadAsync(console, id);
        Assert.Equal([other.Id, policy.Id], stored.PinnedPolicies);
        Assert.Equal(["act_ban"], stored.HiddenActions);
        Assert.Equal(
            wanted with { PinnedPolicies = null, HiddenActions = null, Version = stored.Version },
            stored with { PinnedPolicies = null, HiddenActions = null });
    }

    [Fact]
    public async Task Save_WhatIsWrong_IsRefusedByItsReasonAndStoresNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Guid id = await SaveAsync(console, Caller.System, new QueueSettings(null, "Taken", "taken"));
        QueueSettings standing = await ReadAsync(console, id);
        QueueSettings fresh = new(null, "Fresh", "fresh");
        string[] ten = [.. Enumerable.Range(0, 10).Select(i => $"pol_{i}")];
        (QueueSettings Wanted, SaveQueueOutcome Expected)[] wrong =
        [
            (fresh with { Name = " " }, SaveQueueOutcome.NameInvalid),
            (fresh with { Name = new string('n', 201) }, SaveQueueOutcome.NameInvalid),
            (fresh with { Name = "taken" }, SaveQueueOutcome.NameTaken),
            (fresh with { Slug = "Not A Slug" }, SaveQueueOutcome.SlugInvalid),
            (fresh with { Slug = "double--hyphen" }, SaveQueueOutcome.SlugInvalid),
            (fresh with { Slug = new string('s', 61) }, SaveQueueOutcome.SlugInvalid),
            (fresh with { Slug = "taken" }, SaveQueueOutcome.SlugTaken),
            (fresh with { Description = new string('d', 5_001) }, SaveQueueOutcome.DescriptionTooLong),
            (fresh with { DeadlineMinutes = 0 }, SaveQueueOutcome.DeadlineInvalid),
            (fresh with { PinnedPolicies = ten }, SaveQueueOutcome.PinnedInvalid),
            (fresh with { PinnedPolicies = ["pol_x", "pol_x"] }, SaveQueueOutcome.PinnedInvalid),
            (fresh with { PinnedPolicies = ["pol_x"] }, SaveQueueOutcome.PolicyUnknown),
            (fresh with { HiddenActions = ["a,b"] }, SaveQueueOutcome.HiddenInvalid),
            (fresh with { Kind = QueueKind.Expert, IsDefault = true }, SaveQueueOutcome.StandingNeedsReview),
            (fresh with { IsFallback = true, Archived = true }, SaveQueueOutcome.StillNeeded),
            (standing with { IsDefault = false }, SaveQueueOutcome.StillNeeded),
            (standing with { IsFallback = false }, SaveQueueOutcome.StillNeeded),
            (standing with { Archived = true }, SaveQueueOutcome.StillNeeded),
            (standing with { Slug = "elsewhere" }, SaveQueueOutcome.Changed),
            (standing with { Version = 99 }, SaveQueueOutcome.Changed),
            (fresh with { Id = Guid.CreateVersion7() }, SaveQueueOutcome.Changed),
        ];

        foreach ((QueueSettings wanted, SaveQueueOutcome expected) in wrong)
        {
            Assert.Equal(new SavedQueue(expected), await console.Use<SaveQueue>().RunAsync(Caller.System, wanted, Cancel));
        }

        Assert.Equal(standing.Version, Assert.Single(await console.Use<ListQueues>().RunAsync(Caller.System, Cancel)).Version);
    }

    [Fact]
    public async Task Access_Replaced_RecordsEachOneGivenAndTaken()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Caller stays = await console.PersonAsync();
        Caller goes = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([stays, goes]);
        Team team = await console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new Team { Name = "Team" }).Entity));

        SetQueueAccessOutcome outcome = await console.Use<SetQueueAccess>().RunAsync(admin, queue.Id, [stays.Id, stays.Id], [team.Id], Cancel);

        Assert.Equal(SetQueueAccessOutcome.Saved, outcome);
        QueueAccessList now = await console.Use<ListQueueAccess>().RunAsync(admin, queue.Id, Cancel);
        Assert.Equal([stays.Id], now.People.Select(row => row.Id));
        Assert.Equal([team.Id], now.Teams.Select(row => row.Id));
        List<string> details = await console.ReadAsync(db => db.Set<AuditEntry>()
            .Where(row => row.Act == AuditAct.QueueAccessChanged && row.Subject == queue.Id.ToString()).Select(row => row.Details).ToListAsync(Cancel));
        Assert.Equal([$$"""{"given":false,"person":"{{goes.Id}}"}""", $$"""{"given":true,"team":"{{team.Id}}"}"""], details);
        Assert.Equal(ClaimOutcome.NoQueue, await console.TryClaimAsync(goes));
    }

    [Fact]
    public async Task Access_ToWhatIsNotThere_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Guid queue = (await console.QueueAsync()).Id;
        Guid nobody = Guid.CreateVersion7();
        Task<SetQueueAccessOutcome> SetAsync(Guid id, Guid[] people, Guid[] teams) =>
            console.Use<SetQueueAccess>().RunAsync(Caller.System, id, people, teams, Cancel);

        Assert.Equal(SetQueueAccessOutcome.QueueUnknown, await SetAsync(nobody, [], []));
        Assert.Equal(SetQueueAccessOutcome.PersonUnknown, await SetAsync(queue, [nobody], []));
        Assert.Equal(SetQueueAccessOutcome.TeamUnknown, await SetAsync(queue, [], [nobody]));
    }

    [Fact]
    public async Task Administration_ByOneWhoDoesNotManageQueues_IsRefusedInTheCore()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<SaveQueue>().RunAsync(lead, new QueueSettings(null, "Q", "q"), Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<SetQueueAccess>().RunAsync(lead, Guid.Empty, [], [], Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<ListQueueAccess>().RunAsync(lead, Guid.Empty, Cancel));
    }

    [Fact]
    public async Task MyQueues_ShowsOnlyWhatIMayWorkAndHowItStands()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue mine = await console.QueueAsync([person]);
        CaseQueue empty = await console.QueueAsync([person]);
        await console.QueueAsync([person], shape: row => row.Archived = true);
        await console.QueueAsync([person], kind: QueueKind.Expert);
        await console.QueueAsync();
        DateTimeOffset first = console.Clock.GetUtcNow();
        await console.CaseAsync(mine);
        console.Clock.Advance(TimeSpan.FromMinutes(10));
        await console.CaseAsync(mine, dueAt: first.AddMinutes(5));

        IReadOnlyList<MyQueue> queues = await console.Use<MyQueues>().RunAsync(person, Cancel);

        Assert.Equal([mine.Id, empty.Id], queues.Select(queue => queue.Id));
        Assert.Equal(new QueueFigures(2, first, first.AddMinutes(5), 1), queues[0].Figures);
        Assert.Equal(new QueueFigures(), queues[1].Figures);
    }

    [Fact]
    public async Task Board_CountsWaitingHeldAndStranded()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller person = await console.PersonAsync();
        CaseQueue worked = await console.QueueAsync([person]);
        CaseQueue alone = await console.QueueAsync();
        await console.CaseAsync(worked);
        await console.CaseAsync(worked);
        await console.CaseAsync(alone);
        LeasedTask held = await console.ClaimAsync(person);
        await console.Get<WatchStranded>().RunOnceAsync(Cancel);

        IReadOnlyList<QueueBoardRow> board = await console.Use<QueueBoard>().RunAsync(lead, Cancel);
        IReadOnlyList<HeldTask> inHand = await console.Use<ListHeldTasks>().RunAsync(lead, null, Cancel);

        Assert.Equal([(worked.Id, 1, 1, 0), (alone.Id, 1, 0, 1)], board.Select(row => (row.Id, row.Figures.Waiting, row.Leased, row.Stranded)));
        Assert.Equal((held.TaskNumber, worked.Id, person.Id), (inHand[0].TaskNumber, inHand[0].QueueId, inHand[0].PersonId));
        Assert.Single(inHand);
    }

    [Fact]
    public async Task MoveTargets_AreAllOpenQueuesButTheOneItCameFrom()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue from = await console.QueueAsync([person]);
        CaseQueue to = await console.QueueAsync();
        await console.QueueAsync(shape: row => row.Archived = true);

        IReadOnlyList<MoveTarget> targets = await console.Use<ListMoveTargets>().RunAsync(person, from.Id, Cancel);

        Assert.Equal([to.Id], targets.Select(target => target.Id));
    }

    private static async Task<Guid> SaveAsync(TestConsole console, Caller caller, QueueSettings wanted)
    {
        SavedQueue saved = await console.Use<SaveQueue>().RunAsync(caller, wanted, Cancel);
        Assert.Equal(SaveQueueOutcome.Saved, saved.Outcome);
        return saved.Id!.Value;
    }

    private static async Task<QueueSettings> ReadAsync(TestConsole console, Guid id) =>
        (await console.Use<ListQueues>().RunAsync(Caller.System, Cancel)).Single(queue => queue.Id == id);
}
