using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

public sealed class ClaimTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_SeveralTasksInSeveralQueues_ComeByPriorityThenDeadlineThenAge()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue one = await console.QueueAsync([person]);
        CaseQueue two = await console.QueueAsync([person]);
        var (_, old) = await console.CaseAsync(one);
        var (_, recent) = await console.CaseAsync(two);
        var (_, later) = await console.CaseAsync(one, dueAt: console.Clock.GetUtcNow().AddHours(2));
        var (_, sooner) = await console.CaseAsync(two, dueAt: console.Clock.GetUtcNow().AddHours(1));
        var (_, urgent) = await console.CaseAsync(two, priority: 90);
        var (_, idle) = await console.CaseAsync(one, priority: 10);

        List<long> order = [];
        for (int i = 0; i < 6; i++)
        {
            LeasedTask task = await console.ClaimAsync(person);
            order.Add(task.TaskNumber);
            await console.Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude: true, Cancel);
        }

        Assert.Equal([urgent.Number, sooner.Number, later.Number, old.Number, recent.Number, idle.Number], order);
    }

    [Fact]
    public async Task Claim_OfOneQueue_LeavesTheOthersAlone()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue one = await console.QueueAsync([person]);
        CaseQueue two = await console.QueueAsync([person]);
        await console.CaseAsync(one, priority: 90);
        var (_, wanted) = await console.CaseAsync(two);

        ClaimResult result = await console.Use<ClaimNextCase>().RunAsync(person, two.Id, cancellationToken: Cancel);

        Assert.Equal(ClaimOutcome.Claimed, result.Outcome);
        Assert.Equal(wanted.Number, result.Task!.TaskNumber);
        Assert.Equal(two.Id, result.Task.QueueId);
    }

    [Fact]
    public async Task Claim_Stored_LeavesLeaseAuditAndEventInOneTransaction()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        var (about, waiting) = await console.CaseAsync(queue);

        LeasedTask task = await console.ClaimAsync(person);

        Assert.Equal(about.Number, task.CaseNumber);
        Assert.Equal(1, task.Fence);
        Assert.Equal(console.Clock.GetUtcNow().AddSeconds(120), task.ExpiresAt);
        Assert.Equal(console.Clock.GetUtcNow(), task.ShownAt);
        Assert.Null(task.DueAt);
        Assert.Equal(TaskState.Leased, (await console.TaskAsync(waiting.Number)).State);
        Assert.False(await console.ReadAsync(db => db.Set<WaitingTask>().AnyAsync(Cancel)));
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.TaskLeased, Cancel));
        Assert.Equal((about.Number, waiting.Number, person.Id), (entry.CaseNumber, entry.TaskNumber, entry.ActorId));
        Assert.True(await console.ReadAsync(db => db.Set<OutboxEvent>().AnyAsync(row => row.Kind == LiveKind.QueueChanged && row.QueueId == queue.Id, Cancel)));
    }

    [Fact]
    public async Task Claim_EightWorkersOnTwoHundredTasks_GetTwoHundredDifferentLeases()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller[] people = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => console.PersonAsync()))];
        CaseQueue queue = await console.QueueAsync(people);
        for (int i = 0; i < 200; i++)
        {
            await console.CaseAsync(queue);
        }

        List<long>[] claimed = await Task.WhenAll(people.Select(person => Task.Run(() => WorkOffAsync(console, person), Cancel)));

        long[] all = [.. claimed.SelectMany(numbers => numbers)];
        Assert.Equal(200, all.Length);
        Assert.Equal(200, all.Distinct().Count());
    }

    [Fact]
    public async Task Claim_FromTwoTabsAtOnce_ShowsTheSameTask()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue);
        await console.CaseAsync(queue);

        ClaimResult[] tabs = await Task.WhenAll(
            console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel),
            console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel));

        Assert.Equal([ClaimOutcome.Claimed, ClaimOutcome.AlreadyHolding], tabs.Select(tab => tab.Outcome).Order());
        Assert.Equal(tabs[0].Task!.TaskNumber, tabs[1].Task!.TaskNumber);
        Assert.Equal(tabs[0].Task!.Fence, tabs[1].Task!.Fence);
    }

    [Fact]
    public async Task Claim_CaseWithTwoTasksThatChangeIt_IsInOnePairOfHands()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller first = await console.PersonAsync();
        Caller second = await console.PersonAsync(own: Permission.ReviewQuality);
        CaseQueue queue = await console.QueueAsync([first, second]);
        var (about, _) = await console.CaseAsync(queue);
        await console.WriteAsync(scope => scope.QueueTaskAsync(Caller.System, about, TaskKind.Second, queue, 50, Core.Data.Instant.Never, Cancel));
        await console.WriteAsync(scope => scope.QueueTaskAsync(Caller.System, about, TaskKind.Qa, queue, 10, Core.Data.Instant.Never, Cancel));

        LeasedTask held = await console.ClaimAsync(first);
        LeasedTask other = await console.ClaimAsync(second);

        Assert.Equal(TaskKind.First, held.Kind);
        Assert.Equal(TaskKind.Qa, other.Kind);
    }

    [Theory]
    [InlineData(QueueKind.Expert, Permission.RuleOnEscalations)]
    [InlineData(QueueKind.Emergency, Permission.RuleOnEscalations)]
    [InlineData(QueueKind.ChildSafety, Permission.ChildSafety)]
    public async Task Claim_QueueOfASpecialKind_NeedsItsPermissionBesideAccess(QueueKind kind, Permission permission)
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller without = await console.PersonAsync();
        Caller with = await console.PersonAsync(own: permission);
        CaseQueue queue = await console.QueueAsync([without, with], kind: kind);
        await console.CaseAsync(queue);

        Assert.Equal(ClaimOutcome.NoQueue, (await console.Use<ClaimNextCase>().RunAsync(without, queue.Id, cancellationToken: Cancel)).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, (await console.Use<ClaimNextCase>().RunAsync(with, queue.Id, cancellationToken: Cancel)).Outcome);
    }

    [Fact]
    public async Task Claim_QueueGivenToTheTeam_IsOpenToItsMembersOnly()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller member = await console.PersonAsync();
        Caller stranger = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        await console.CaseAsync(queue);
        await console.WriteAsync(async scope =>
        {
            Team team = new() { Name = "Team" };
            scope.Db.Add(team);
            scope.Db.Add(new QueueAccess { QueueId = queue.Id, TeamId = team.Id });
            (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == member.Id, Cancel)).TeamId = team.Id;
            return 0;
        });

        Assert.Equal(ClaimOutcome.NoQueue, (await console.Use<ClaimNextCase>().RunAsync(stranger, null, cancellationToken: Cancel)).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, (await console.Use<ClaimNextCase>().RunAsync(member, null, cancellationToken: Cancel)).Outcome);
    }

    [Fact]
    public async Task Claim_PersonWithoutThePermission_IsRefusedInTheCore()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        await console.QueueAsync([admin]);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<ClaimNextCase>().RunAsync(admin, null, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Claim_PersonExcludedFromThousands_FindsTheNext()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync(own: Permission.ReviewQuality);
        CaseQueue queue = await console.QueueAsync([person]);
        var (about, _) = await console.CaseAsync(queue);
        await console.WriteAsync(async scope =>
        {
            for (int i = 0; i < 3_000; i++)
            {
                await scope.QueueTaskAsync(Caller.System, about, TaskKind.Qa, queue, 60, Core.Data.Instant.Never, Cancel, without: [person.Id]);
                if (i % 200 == 0)
                {
                    await scope.Db.SaveChangesAsync(Cancel);
                    scope.Db.ChangeTracker.Clear();
                }
            }

            return 0;
        });

        LeasedTask task = await console.ClaimAsync(person);

        Assert.Equal(TaskKind.First, task.Kind);
    }

    private static async Task<List<long>> WorkOffAsync(TestConsole console, Caller person)
    {
        List<long> numbers = [];
        while (await console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel) is { Outcome: ClaimOutcome.Claimed, Task: { } task })
        {
            numbers.Add(task.TaskNumber);
            await console.FinishAsync(task);
        }

        return numbers;
    }
}
