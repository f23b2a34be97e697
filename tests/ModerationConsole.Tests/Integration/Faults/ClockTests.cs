using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Integration.Enforcement;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>The machine's clock is set back an hour while the console works.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan s_back = TimeSpan.FromHours(-1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_OfSomeoneWhoLeft_StillEndsWithinItsTime()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller gone = await console.PersonAsync();
        Caller next = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([gone, next]));
        LeasedTask held = await console.ClaimAsync(gone);

        console.Clock.Advance(s_back);
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);
        Assert.Equal(ClaimOutcome.NothingSuitable, await console.TryClaimAsync(next));
        console.Clock.Advance(TimeSpan.FromSeconds(121));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);

        Assert.Equal(held.TaskNumber, (await console.ClaimAsync(next)).TaskNumber);
    }

    [Fact]
    public async Task Lease_OfSomeoneAtWork_IsKept()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask held = await console.ClaimAsync(person);

        console.Clock.Advance(s_back);
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);

        Assert.Equal(held.Fence, Assert.Single(await console.Use<KeepLease>().RunAsync(person, Cancel)).Fence);
        DecideResult decided = await console.Use<DecideCase>().RunAsync(person, new DecideCommand(held.TaskNumber, held.Fence, Verdict.Allow), Cancel);
        Assert.Equal(DecideOutcome.Decided, decided.Outcome);
    }

    [Fact]
    public async Task Delivery_OfBeforeAndAfter_LeavesOnceEach()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using TestConsole console = await TestConsole.StartAsync(platform.Settings);
        string action = (await console.ActionAsync(platform.Address)).Id;
        string policy = (await console.PolicyAsync()).Id;
        DecisionDesk before = await DecisionDesk.OpenAsync(console: console);
        await before.DecideAsync(before.Command(Verdict.Violation, new ActionOrder(action)) with { PolicyId = policy });

        console.Clock.Advance(s_back);
        DecisionDesk after = await DecisionDesk.OpenAsync(console: console);
        await after.DecideAsync(after.Command(Verdict.Violation, new ActionOrder(action)) with { PolicyId = policy });
        console.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, await console.Get<DeliverActions>().RunOnceAsync(Cancel));
        console.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await console.Get<DeliverActions>().RunOnceAsync(Cancel));

        Assert.Equal(2, platform.Received.Select(call => call.Id).Distinct().Count());
        Assert.Equal(2, platform.Received.Count);
    }

    [Fact]
    public async Task Audit_KeepsTheOrderInWhichThingsHappened()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.CaseAsync(await console.QueueAsync([person]));
        LeasedTask first = await console.ClaimAsync(person);

        console.Clock.Advance(s_back);
        await console.Use<ReleaseTask>().RunAsync(person, first.TaskNumber, first.Fence, exclude: false, Cancel);
        await console.ClaimAsync(person);

        List<AuditEntry> entries = await console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.TaskNumber == first.TaskNumber).OrderBy(row => row.Number).ToListAsync(Cancel));
        Assert.Equal([AuditAct.TaskQueued, AuditAct.TaskLeased, AuditAct.LeaseReleased, AuditAct.TaskLeased], entries.Select(row => row.Act));
        Assert.True(entries[1].At > entries[2].At);
    }
}
