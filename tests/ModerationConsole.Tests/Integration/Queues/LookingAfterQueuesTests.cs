using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

/// <summary>What leads do with queues: pause, move, mean a task for someone, see who is at work and how long things take.</summary>
public sealed class LookingAfterQueuesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PausedQueue_OffersNothingNotEvenWhatWasDrawnAheadUntilItsEnd()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        (_, ReviewTask shown) = await console.CaseAsync(queue);
        (_, ReviewTask ahead) = await console.CaseAsync(queue);
        await console.HoldAsync(person, shown);
        await console.HoldAsync(person, ahead, slot: LeaseSlot.Spare);

        Assert.Equal(PauseOutcome.Paused, await console.Use<PauseQueue>().RunAsync(lead, queue.Id, TimeSpan.FromHours(1), "Rules change at noon", Cancel));

        // What is in hand stays in hand.
        Assert.Equal(ClaimOutcome.AlreadyHolding, await console.TryClaimAsync(person));
        long fence = await console.ReadAsync(db => db.Set<ActiveLease>().Where(row => row.TaskNumber == shown.Number).Select(row => row.Fence).SingleAsync(Cancel));
        await console.Use<ReleaseTask>().RunAsync(person, shown.Number, fence, exclude: true, Cancel);
        Assert.Equal(ClaimOutcome.NothingSuitable, await console.TryClaimAsync(person));
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(ahead.Number)).State);
        QueueBoardRow row = (await console.Use<QueueBoard>().RunAsync(lead, Cancel)).Single(one => one.Id == queue.Id);
        Assert.Equal(("Rules change at noon", 2), (row.PauseNote, row.Figures.Waiting));

        console.Clock.Advance(TimeSpan.FromMinutes(61));
        await console.Get<EndPauses>().RunOnceAsync(Cancel);

        Assert.Equal(ahead.Number, (await console.ClaimAsync(person)).TaskNumber);
        Assert.Null((await console.Use<QueueBoard>().RunAsync(lead, Cancel)).Single(one => one.Id == queue.Id).PausedUntil);
    }

    [Fact]
    public async Task Pause_OfAnEmergencyQueueForeverOrByAModerator_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller person = await console.PersonAsync();
        CaseQueue emergency = await console.QueueAsync(kind: QueueKind.Emergency);
        CaseQueue queue = await console.QueueAsync();
        PauseQueue pause = console.Use<PauseQueue>();

        Assert.Equal(PauseOutcome.NeverPaused, await pause.RunAsync(lead, emergency.Id, TimeSpan.FromHours(1), null, Cancel));
        Assert.Equal(PauseOutcome.LengthInvalid, await pause.RunAsync(lead, queue.Id, TimeSpan.FromDays(2), null, Cancel));
        Assert.Equal(PauseOutcome.NotFound, await pause.RunAsync(lead, Guid.NewGuid(), TimeSpan.FromHours(1), null, Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => pause.RunAsync(person, queue.Id, TimeSpan.FromHours(1), null, Cancel));
    }

    [Fact]
    public async Task Task_MeantForAPerson_ComesToThemFirstAndToNobodyElseForAWhile()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller one = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([one, other]);
        (_, ReviewTask urgent) = await console.CaseAsync(queue, priority: 90);
        (_, ReviewTask meant) = await console.CaseAsync(queue, priority: 10);
        await console.HoldAsync(other, meant);

        Assert.Equal(AssignOutcome.Assigned, await console.Use<AssignTask>().RunAsync(lead, meant.Number, one.Id, Cancel));

        Assert.Equal(urgent.Number, (await console.ClaimAsync(other)).TaskNumber);
        Assert.Equal(ClaimOutcome.AlreadyHolding, await console.TryClaimAsync(other));
        Assert.Equal(meant.Number, (await console.ClaimAsync(one)).TaskNumber);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<TaskReservation>().CountAsync(Cancel)));
        Assert.Equal(InboxKind.TaskAssigned, Assert.Single(await console.Use<ListInbox>().RunAsync(one, Cancel)).Kind);
    }

    [Fact]
    public async Task Task_MeantForSomeoneWhoDoesNotCome_IsOfferedToOthersAfterAWhile()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller one = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([one, other]);
        (_, ReviewTask meant) = await console.CaseAsync(queue);
        await console.Use<AssignTask>().RunAsync(lead, meant.Number, one.Id, Cancel);
        Assert.Equal(ClaimOutcome.NothingSuitable, await console.TryClaimAsync(other));

        console.Clock.Advance(AssignTask.WaitsFor + TimeSpan.FromSeconds(1));
        await console.Get<EndPauses>().RunOnceAsync(Cancel);

        Assert.Equal(meant.Number, (await console.ClaimAsync(other)).TaskNumber);
    }

    [Fact]
    public async Task Task_MeantForSomeoneWhoMayNotWorkIt_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller german = await console.PersonAsync(languages: "de");
        Caller stranger = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([german]);
        (_, ReviewTask english) = await console.CaseAsync(queue, language: "en");
        (_, ReviewTask hidden) = await console.CaseAsync(queue, sensitivity: Sensitivity.ChildSafety);
        AssignTask assign = console.Use<AssignTask>();

        Assert.Equal(AssignOutcome.CannotWork, await assign.RunAsync(lead, english.Number, german.Id, Cancel));
        Assert.Equal(AssignOutcome.CannotWork, await assign.RunAsync(lead, english.Number, stranger.Id, Cancel));
        Assert.Equal(AssignOutcome.NotFound, await assign.RunAsync(lead, hidden.Number, german.Id, Cancel));
        Assert.Equal(AssignOutcome.NotFound, await assign.RunAsync(lead, 4_711, german.Id, Cancel));
    }

    [Fact]
    public async Task Task_MovedByALead_LeavesItsHolderAndWaitsElsewhere()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller person = await console.PersonAsync();
        CaseQueue from = await console.QueueAsync([person]);
        CaseQueue to = await console.QueueAsync();
        (_, ReviewTask held) = await console.CaseAsync(from);
        (_, ReviewTask waiting) = await console.CaseAsync(from);
        await console.HoldAsync(person, held);
        MoveWaitingTask move = console.Use<MoveWaitingTask>();

        Assert.Equal(MoveOutcome.Moved, await move.RunAsync(lead, held.Number, to.Id, Cancel));
        Assert.Equal(MoveOutcome.Moved, await move.RunAsync(lead, waiting.Number, to.Id, Cancel));
        Assert.Equal(MoveOutcome.SameQueue, await move.RunAsync(lead, waiting.Number, to.Id, Cancel));

        Assert.Equal([held.Number, waiting.Number], (await console.Use<ListWaitingTasks>().RunAsync(lead, to.Id, 10, Cancel)).Select(line => line.TaskNumber).Order());
        Assert.Equal(0, await console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Case_MovedToAQueueOfTheMover_GoesToSomeoneElseWhereThereIsSomeone()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller mover = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        CaseQueue from = await console.QueueAsync([mover]);
        CaseQueue shared = await console.QueueAsync([mover, other]);
        CaseQueue own = await console.QueueAsync([mover]);
        (_, ReviewTask one) = await console.CaseAsync(from);
        LeasedTask held = await console.ClaimAsync(mover);
        await console.Use<MoveTask>().RunAsync(mover, held.TaskNumber, held.Fence, shared.Id, Cancel);

        Assert.Equal(ClaimOutcome.NothingSuitable, await console.TryClaimAsync(mover));
        Assert.Equal(one.Number, (await console.ClaimAsync(other)).TaskNumber);

        (_, ReviewTask two) = await console.CaseAsync(from);
        held = await console.ClaimAsync(mover);
        await console.Use<MoveTask>().RunAsync(mover, held.TaskNumber, held.Fence, own.Id, Cancel);
        Assert.Equal(two.Number, (await console.ClaimAsync(mover)).TaskNumber);
    }

    [Fact]
    public async Task Rows_ThatDoNotFitTheirTasks_AreMendedAndTheCountsWithThem()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        CaseQueue other = await console.QueueAsync();
        (_, ReviewTask lost) = await console.CaseAsync(queue);
        (_, ReviewTask strayed) = await console.CaseAsync(queue);
        (_, ReviewTask done) = await console.CaseAsync(queue);
        await console.WriteAsync(async scope =>
        {
            await scope.Db.Set<WaitingTask>().Where(row => row.TaskNumber == lost.Number).ExecuteDeleteAsync(Cancel);
            await scope.Db.Set<WaitingTask>().Where(row => row.TaskNumber == strayed.Number)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.QueueId, other.Id), Cancel);
            (await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == done.Number)).Withdraw(scope.Now);
            return 0;
        });

        Assert.Equal(3, await console.Get<MendQueues>().MendAsync(Cancel));

        Assert.Equal(0, await console.Get<MendQueues>().MendAsync(Cancel));
        Dictionary<Guid, int> waiting = (await console.Use<QueueBoard>().RunAsync(lead, Cancel)).ToDictionary(row => row.Id, row => row.Figures.Waiting);
        Assert.Equal((2, 0), (waiting[queue.Id], waiting[other.Id]));
        Assert.Equal(lost.Number, (await console.ClaimAsync(person)).TaskNumber);
    }

    [Fact]
    public async Task Board_ByTheClock_TellsWhatIsDueWithinTheHourAndWhoIsAtWorkByLanguage()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller german = await console.PersonAsync(languages: "de");
        Caller any = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([german, any]);
        DateTimeOffset now = console.Clock.GetUtcNow();
        await console.CaseAsync(queue, language: "de", dueAt: now.AddMinutes(-1));
        await console.CaseAsync(queue, language: "en", dueAt: now.AddMinutes(59));
        await console.CaseAsync(queue, language: "en", dueAt: now.AddMinutes(61));
        (_, ReviewTask held) = await console.CaseAsync(queue, language: "de", dueAt: now.AddMinutes(5));
        await console.HoldAsync(german, held);

        QueueBoardRow row = (await console.Use<QueueBoard>().RunAsync(lead, Cancel)).Single(one => one.Id == queue.Id);
        Assert.Equal((3, 1, 1, 1), (row.Figures.Waiting, row.Figures.Overdue, row.Figures.DueWithinHour, row.Leased));
        Assert.Equal([new LanguageLine("en", 2, 0), new LanguageLine("de", 1, 1)], await console.Use<PeopleAtWork>().RunAsync(lead, Cancel));

        console.Clock.Advance(TimeSpan.FromMinutes(30));
        row = (await console.Use<QueueBoard>().RunAsync(lead, Cancel)).Single(one => one.Id == queue.Id);
        Assert.Equal((1, 2), (row.Figures.Overdue, row.Figures.DueWithinHour));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandlingTime_OfAQueue_IsToldByPersonOnlyWhereASettingSaysSo(bool byPerson)
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Queues:HandlingTimeByPerson"] = byPerson.ToString() });
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        foreach (int seconds in new[] { 10, 40, 20 })
        {
            await console.CaseAsync(queue);
            LeasedTask held = await console.ClaimAsync(person);
            console.Clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(DecideOutcome.Decided, (await console.Use<DecideCase>().RunAsync(person, new DecideCommand(held.TaskNumber, held.Fence, Verdict.Allow), Cancel)).Outcome);
        }

        IReadOnlyList<HandlingTime> told = await console.Use<QueueHandlingTimes>().RunAsync(lead, Cancel);

        Assert.Equal((queue.Id, 3, 20d), (told[0].QueueId, told[0].Count, told[0].MedianSeconds));
        Assert.Equal(byPerson ? 2 : 1, told.Count);
        Assert.All(await console.Use<QueueHandlingTimes>().RunAsync(expert, Cancel), line => Assert.Null(line.Person));
    }
}
