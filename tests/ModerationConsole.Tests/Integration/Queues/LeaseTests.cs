using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

public sealed class LeaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_WithoutASignOfLife_ExpiresAndTheNextHolderHasAHigherFence()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller first = await console.PersonAsync();
        Caller second = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([first, second]));
        LeasedTask held = await console.ClaimAsync(first);

        console.Clock.Advance(TimeSpan.FromSeconds(121));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);
        LeasedTask next = await console.ClaimAsync(second);

        Assert.Equal(held.TaskNumber, next.TaskNumber);
        Assert.True(next.Fence > held.Fence);
        AuditEntry entry = await console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.LeaseExpired, Cancel));
        Assert.Equal((CallerKind.System, null), (entry.ActorKind, entry.ActorId));
    }

    [Fact]
    public async Task Lease_NotYetDue_IsNotExpired()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        await console.ClaimAsync(person);

        console.Clock.Advance(TimeSpan.FromSeconds(120));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);

        Assert.Single(await console.Use<KeepLease>().RunAsync(person, Cancel));
    }

    [Fact]
    public async Task Expiry_HeartbeatCameFirst_LeavesTheLease()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        bool ended = await console.WriteAsync(scope => ExpireLeases.ExpireAsync(scope, held.TaskNumber, Cancel));

        Assert.False(ended);
        Assert.Single(await console.Use<KeepLease>().RunAsync(person, Cancel));
    }

    [Fact]
    public async Task Heartbeat_InTime_KeepsTheLeaseAsLongAsItComes()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        for (int i = 0; i < 10; i++)
        {
            console.Clock.Advance(TimeSpan.FromSeconds(100));
            await console.Get<ExpireLeases>().RunOnceAsync(Cancel);
            LeasedTask kept = Assert.Single(await console.Use<KeepLease>().RunAsync(person, Cancel));
            Assert.Equal((held.TaskNumber, held.Fence, console.Clock.GetUtcNow().AddSeconds(120)), (kept.TaskNumber, kept.Fence, kept.ExpiresAt));
        }
    }

    [Fact]
    public async Task Heartbeat_TooLate_DoesNotReviveTheLease()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        // Run out, but not swept up yet.
        console.Clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Empty(await console.Use<KeepLease>().RunAsync(person, Cancel));
        Assert.Equal(ReleaseOutcome.NotYours, await console.Use<ReleaseTask>().RunAsync(person, held.TaskNumber, held.Fence, exclude: false, Cancel));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);

        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(held.TaskNumber)).State);
    }

    [Fact]
    public async Task Claim_OwnLeaseRanOutUnswept_IsANewLease()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        console.Clock.Advance(TimeSpan.FromSeconds(121));
        LeasedTask again = await console.ClaimAsync(person);

        Assert.Equal((held.TaskNumber, held.Fence + 1), (again.TaskNumber, again.Fence));
        Assert.Equal(LeaseEnd.Expired, await console.ReadAsync(db => db.Set<LeaseRecord>().Select(row => row.End).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task StaleFence_OfAFormerLease_HoldsNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask former = await console.ClaimAsync(person);
        await console.Use<ReleaseTask>().RunAsync(person, former.TaskNumber, former.Fence, exclude: false, Cancel);
        LeasedTask present = await console.ClaimAsync(person);

        Assert.Equal(ReleaseOutcome.NotYours, await console.Use<ReleaseTask>().RunAsync(person, former.TaskNumber, former.Fence, exclude: false, Cancel));
        Assert.Equal(ShowOutcome.NotYours, (await console.Use<ShowTask>().RunAsync(person, former.TaskNumber, former.Fence, Cancel)).Outcome);
        Assert.Equal(ReleaseOutcome.Released, await console.Use<ReleaseTask>().RunAsync(person, present.TaskNumber, present.Fence, exclude: false, Cancel));
    }

    [Fact]
    public async Task Release_OfAnothersTask_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller holder = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([holder, other]));
        LeasedTask held = await console.ClaimAsync(holder);

        Assert.Equal(ReleaseOutcome.NotYours, await console.Use<ReleaseTask>().RunAsync(other, held.TaskNumber, held.Fence, exclude: true, Cancel));
        Assert.Single(await console.Use<KeepLease>().RunAsync(holder, Cancel));
    }

    [Fact]
    public async Task Skip_ExcludesTheSkipperAndNobodyElse()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller skipper = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([skipper, other]));
        LeasedTask held = await console.ClaimAsync(skipper);

        await console.Use<ReleaseTask>().RunAsync(skipper, held.TaskNumber, held.Fence, exclude: true, Cancel);

        Assert.Equal(ClaimOutcome.NothingSuitable, await console.TryClaimAsync(skipper));
        Assert.Equal(held.TaskNumber, (await console.ClaimAsync(other)).TaskNumber);
    }

    [Fact]
    public async Task SkipAndGiveBack_LeaveTheSameTraces()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));

        string[] givenBack = await TracesOfAsync(console, person, exclude: false);
        string[] skipped = await TracesOfAsync(console, person, exclude: true);

        Assert.NotEmpty(skipped);
        Assert.Equal(givenBack, skipped);
    }

    [Fact]
    public async Task LostCircuit_LeavesTheTaskForTheGracePeriod()
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Lease:GraceSeconds"] = "30" });
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        await console.Use<GraceLeases>().RunAsync(person, Cancel);
        console.Clock.Advance(TimeSpan.FromSeconds(30));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);
        Assert.Equal(TaskState.Leased, (await console.TaskAsync(held.TaskNumber)).State);
        console.Clock.Advance(TimeSpan.FromSeconds(1));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);
        Assert.Equal(TaskState.Waiting, (await console.TaskAsync(held.TaskNumber)).State);
    }

    [Fact]
    public async Task Restart_OfTheProgram_LeavesTheLeaseInItsHoldersHands()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        await console.RestartAsync();

        ClaimResult again = await console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel);
        Assert.Equal((ClaimOutcome.AlreadyHolding, held.TaskNumber, held.Fence), (again.Outcome, again.Task!.TaskNumber, again.Task.Fence));
    }

    [Fact]
    public async Task Reaper_InTheBackground_SweepsUpWithinASecond()
    {
        Commits commits = new();
        await using TestConsole console = await TestConsole.StartAsync(
            configure: services => services.AddSingleton<ICommitListener>(commits), background: true);
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        Task next = commits.Next;
        console.Clock.Advance(TimeSpan.FromSeconds(122));

        // Others commit too: the sweep is one of the next.
        while ((await console.TaskAsync(held.TaskNumber)).State != TaskState.Waiting)
        {
            await next.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            next = commits.Next;
        }

        Assert.False(await console.ReadAsync(db => db.Set<ActiveLease>().AnyAsync(Cancel)));
    }

    private sealed class Commits : ICommitListener
    {
        private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Next => _next.Task;

        public void Committed() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private static async Task<string[]> TracesOfAsync(TestConsole console, Caller person, bool exclude)
    {
        LeasedTask held = await console.ClaimAsync(person);
        long audit = await console.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(row => row.Number, Cancel));
        long outbox = await console.ReadAsync(db => db.Set<Core.Live.OutboxEvent>().MaxAsync(row => row.Sequence, Cancel));
        long history = await console.ReadAsync(db => db.Set<Core.Cases.CaseEvent>().MaxAsync(row => row.Sequence, Cancel));
        await console.Use<ReleaseTask>().RunAsync(person, held.TaskNumber, held.Fence, exclude, Cancel);
        return await console.ReadAsync(async db => (string[])
        [
            .. (await db.Set<AuditEntry>().Where(row => row.Number > audit).ToListAsync(Cancel))
                .Select(row => $"{row.Act} {row.ActorId} {row.CaseNumber} {row.TaskNumber} {row.Subject} {row.Details}"),
            .. (await db.Set<Core.Live.OutboxEvent>().Where(row => row.Sequence > outbox).ToListAsync(Cancel))
                .Select(row => $"{row.Kind} {row.CaseNumber} {row.TaskNumber} {row.QueueId} {row.PersonId} {row.State}"),
            .. (await db.Set<Core.Cases.CaseEvent>().Where(row => row.Sequence > history).ToListAsync(Cancel))
                .Select(row => $"{row.Kind} {row.PersonId} {row.SubjectId} {row.Text}"),
            .. (await db.Set<LeaseRecord>().Where(row => row.Fence == held.Fence).ToListAsync(Cancel)).Select(row => row.End.ToString()),
        ]);
    }
}
