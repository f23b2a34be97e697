using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Enforcement;

public sealed class DeliveryPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailedDelivery_Replayed_IsSentAgainUnderTheSameId()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        await DeliveryTests.OrderAsync(desk, platform);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));
        platform.AnswerWith(410);
        await DeliveryTests.RunAsync(desk);
        Caller admin = await desk.Console.PersonAsync(Roles.Admin);
        DeliveryLine failed = Assert.Single(await desk.Console.Use<ListDeliveries>().RunAsync(admin, new DeliveryFilter(EnforcementState.Failed), Cancel));
        Assert.Equal((platform.Host, "http-410", 410), (failed.Host, failed.LastProblem, failed.LastStatus));

        Assert.Equal(ReplayOutcome.Replayed, await desk.Console.Use<ReplayDelivery>().RunAsync(admin, failed.Id, Cancel));
        Assert.Equal(ReplayOutcome.NotFailed, await desk.Console.Use<ReplayDelivery>().RunAsync(admin, failed.Id, Cancel));
        Assert.Equal(ReplayOutcome.NotFound, await desk.Console.Use<ReplayDelivery>().RunAsync(admin, Guid.CreateVersion7(), Cancel));
        platform.AnswerWith(200);
        await DeliveryTests.RunAsync(desk);

        Assert.Equal(2, platform.Received.Count);
        Assert.Single(platform.Received.Select(webhook => (webhook.Id, webhook.Text)).Distinct());
        Assert.Equal(EnforcementState.Delivered, Assert.Single(await desk.OrderedAsync()).State);
        Assert.Contains(AuditAct.ActionReplayed, await desk.Console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Pages_FollowOneAnotherNewestFirst()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        ActionDefinition action = await console.ActionAsync();
        await console.WriteAsync(scope =>
        {
            for (int number = 0; number < 5; number++)
            {
                // Two of a moment, so that the id has to decide.
                scope.Db.Add(new EnforcementAction { ActionId = action.Id, TargetItemId = $"p-{number}", CreatedAt = scope.Now.AddSeconds(number / 2) });
            }

            return Task.FromResult(0);
        });
        Caller lead = await console.PersonAsync(Roles.Lead);
        ListDeliveries list = console.Use<ListDeliveries>();

        List<DeliveryLine> seen = [];
        for (IReadOnlyList<DeliveryLine> page = await list.RunAsync(lead, new DeliveryFilter(Take: 2), Cancel);
            page.Count > 0;
            page = await list.RunAsync(lead, new DeliveryFilter(Take: 2, Before: page[^1].Cursor), Cancel))
        {
            seen.AddRange(page);
        }

        Assert.Equal(5, seen.Select(line => line.Id).Distinct().Count());
        Assert.Equal(seen.Select(line => line.CreatedAt).OrderDescending(), seen.Select(line => line.CreatedAt));
    }

    [Fact]
    public async Task ChildSafetyDeliveries_AreShownWithThePermissionOnly()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync();
        await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));
        await desk.Console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(Cancel)).Sensitivity = Sensitivity.ChildSafety);
        Caller lead = await desk.Console.PersonAsync(Roles.Lead);
        Caller cleared = await desk.Console.PersonAsync(Roles.Lead, own: Permission.ChildSafety);

        Assert.Empty(await desk.Console.Use<ListDeliveries>().RunAsync(lead, new DeliveryFilter(), Cancel));
        Assert.Single(await desk.Console.Use<ListDeliveries>().RunAsync(cleared, new DeliveryFilter(), Cancel));
    }

    [Fact]
    public async Task WithoutThePermissions_ListAndReplayAreDenied()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller moderator = await console.PersonAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<ListDeliveries>().RunAsync(moderator, new DeliveryFilter(), Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<ReplayDelivery>().RunAsync(lead, Guid.Empty, Cancel));
    }
}
