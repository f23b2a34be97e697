using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Wellbeing;

public sealed class RestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Break_Begun_GivesBackWhatIsHeldAndOffersNothingUntilItEnds()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue);
        await console.CaseAsync(queue);
        await console.CaseAsync(queue);
        LeasedTask shown = await console.ClaimAsync(person);
        LeasedTask spare = await console.ClaimAsync(person, LeaseSlot.Spare);

        RestState state = await RestAsync(console, person, RestKind.Break);

        Assert.Equal(new RestState(RestKind.Break, console.Clock.GetUtcNow()), state);
        Assert.Equal(state, await console.Use<ReadRest>().RunAsync(person, Cancel));
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(shown.TaskNumber)).State);
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(spare.TaskNumber)).State);
        Assert.Equal(ClaimOutcome.Resting, await console.TryClaimAsync(person));
        await console.Use<EndRest>().RunAsync(person, Cancel);
        Assert.Equal(new RestState(null, null), await console.Use<ReadRest>().RunAsync(person, Cancel));
        Assert.Equal(ClaimOutcome.Claimed, await console.TryClaimAsync(person));
    }

    [Fact]
    public async Task Pause_WithAnOpenCase_KeepsItUntilItsTimeRunsOut_AndOffersNothingElse()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        await console.CaseAsync(queue);
        await console.CaseAsync(queue);
        LeasedTask open = await console.ClaimAsync(person);

        await RestAsync(console, person, RestKind.Paused);

        Assert.Equal(ClaimOutcome.AlreadyHolding, await console.TryClaimAsync(person));
        Assert.Equal(ClaimOutcome.Resting, (await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Spare, Cancel)).Outcome);
        console.Clock.Advance(TimeSpan.FromSeconds(121));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(open.TaskNumber)).State);
        Assert.Equal(ClaimOutcome.Resting, await console.TryClaimAsync(person));
    }

    [Fact]
    public async Task Resting_NothingWaits_IsStillSaidToRest()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.QueueAsync([person]);

        await RestAsync(console, person, RestKind.Break);

        Assert.Equal(ClaimOutcome.Resting, await console.TryClaimAsync(person));
    }

    [Fact]
    public async Task Resting_TaskSlippedIntoTheSpare_IsNotShown()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        var (_, task) = await console.CaseAsync(await console.QueueAsync([person]));
        await RestAsync(console, person, RestKind.Paused);
        ActiveLease lease = await console.HoldAsync(person, task, slot: LeaseSlot.Spare);

        ShowResult result = await console.Use<ShowTask>().RunAsync(person, task.Number, lease.Fence, Cancel);

        Assert.Equal(ShowOutcome.WentBack, result.Outcome);
    }

    [Fact]
    public async Task Break_OfOnePerson_LeavesOthersAlone()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller resting = await console.PersonAsync();
        Caller working = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([resting, working]));

        await RestAsync(console, resting, RestKind.Break);

        Assert.Equal(ClaimOutcome.Claimed, await console.TryClaimAsync(working));
    }

    [Fact]
    public async Task Pause_DuringABreak_LeavesItABreak_AndABreakEndsAPause()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();

        await RestAsync(console, person, RestKind.Paused);
        console.Clock.Advance(TimeSpan.FromMinutes(1));
        DateTimeOffset begun = console.Clock.GetUtcNow();
        await RestAsync(console, person, RestKind.Break);
        console.Clock.Advance(TimeSpan.FromMinutes(1));
        await RestAsync(console, person, RestKind.Paused);

        Assert.Equal(new RestState(RestKind.Break, begun), await console.Use<ReadRest>().RunAsync(person, Cancel));
    }

    [Fact]
    public async Task Rest_SurvivesARestart()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        await RestAsync(console, person, RestKind.Break);

        await console.RestartAsync();

        Assert.Equal(ClaimOutcome.Resting, await console.TryClaimAsync(person));
    }

    [Fact]
    public async Task BreakAndSkip_LookTheSameInTheAudit()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));

        string[] ofABreak = await AuditOfAsync(console, person, _ => RestAsync(console, person, RestKind.Break));
        await console.Use<EndRest>().RunAsync(person, Cancel);
        string[] ofASkip = await AuditOfAsync(console, person, task => console.Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude: true, Cancel));

        Assert.NotEmpty(ofABreak);
        Assert.Equal(ofABreak, ofASkip);
    }

    [Fact]
    public async Task Rest_IsToldToNobodyElse()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();

        await RestAsync(console, person, RestKind.Break);
        await console.Use<EndRest>().RunAsync(person, Cancel);

        Assert.Equal(0, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)));
        List<OutboxEvent> events = await console.ReadAsync(db => db.Set<OutboxEvent>().ToListAsync(Cancel));
        Assert.All(events, change => Assert.Equal((person.Id, null), (change.PersonId, change.State)));
    }

    [Fact]
    public async Task Stranded_WatchIgnoresRest()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        await RestAsync(console, person, RestKind.Break);

        await console.Get<WatchStranded>().RunOnceAsync(Cancel);

        Assert.Equal(0, await console.ReadAsync(db => db.Set<StrandedTask>().CountAsync(Cancel)));
    }

    private static Task<RestState> RestAsync(TestConsole console, Caller person, RestKind kind) => kind == RestKind.Break
        ? console.Use<TakeBreak>().RunAsync(person, Cancel)
        : console.Use<PauseDesk>().RunAsync(person, Cancel);

    private static async Task<string[]> AuditOfAsync(TestConsole console, Caller person, Func<LeasedTask, Task> act)
    {
        LeasedTask task = await console.ClaimAsync(person);
        long before = await console.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(row => row.Number, Cancel));
        await act(task);
        return await console.ReadAsync(async db => (await db.Set<AuditEntry>().Where(row => row.Number > before).ToListAsync(Cancel))
            .Select(row => $"{row.Act} {row.ActorId} {row.CaseNumber} {row.TaskNumber} {row.Subject} {row.Details}").ToArray());
    }
}
