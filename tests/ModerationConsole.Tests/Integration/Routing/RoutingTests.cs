using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Routing;

public sealed class RoutingTests
{
    private static readonly ItemVersion s_item = new() { TypeId = "post", ItemId = "p-1" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_NoRowMatches_WaitsInTheDefaultQueueUntilItsDeadline()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.QueueAsync();
        CaseQueue fallThrough = await console.QueueAsync(shape: queue => (queue.IsDefault, queue.DeadlineMinutes) = (true, 60));

        Route route = await RouteAsync(console, new Case());

        Assert.Equal((fallThrough.Id, 50, console.Clock.GetUtcNow().AddHours(1)), (route.Queue.Id, route.Priority, route.DueAt));
    }

    [Fact]
    public async Task Case_SeveralRowsMatch_TheFirstInOrderWinsAndItsDeadlineBeatsTheQueues()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue german = await console.QueueAsync(shape: queue => queue.DeadlineMinutes = 600);
        CaseQueue severe = await console.QueueAsync();
        await console.QueueAsync(shape: queue => queue.IsDefault = true);
        await SaveAsync(console,
            new RoutingLine(severe.Id, MinSeverity: Severity.Severe, Priority: 90),
            new RoutingLine(german.Id, Language: "de", Priority: 60, DeadlineMinutes: 15),
            new RoutingLine(severe.Id, Language: "de"));

        Route route = await RouteAsync(console, new Case { Language = "de-AT", Severity = Severity.High });

        Assert.Equal((german.Id, 60, console.Clock.GetUtcNow().AddMinutes(15)), (route.Queue.Id, route.Priority, route.DueAt));
    }

    [Fact]
    public async Task Row_WithoutDeadline_TakesTheQueuesOwn()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue queue = await console.QueueAsync(shape: queue => queue.DeadlineMinutes = 30);
        await SaveAsync(console, new RoutingLine(queue.Id));

        Assert.Equal(console.Clock.GetUtcNow().AddMinutes(30), (await RouteAsync(console, new Case())).DueAt);
    }

    [Fact]
    public async Task Queue_WithoutAnyDeadline_LeavesTheTaskWithoutOne()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue queue = await console.QueueAsync();
        await SaveAsync(console, new RoutingLine(queue.Id));

        Assert.Equal(Instant.Never, (await RouteAsync(console, new Case())).DueAt);
    }

    [Fact]
    public async Task Row_OfAnArchivedQueue_IsSkipped()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue gone = await console.QueueAsync();
        CaseQueue fallThrough = await console.QueueAsync(shape: queue => queue.IsDefault = true);
        await SaveAsync(console, new RoutingLine(gone.Id));
        await console.WriteAsync(async scope => (await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == gone.Id, Cancel)).Archived = true);

        Assert.Equal(fallThrough.Id, (await RouteAsync(console, new Case())).Queue.Id);
    }

    [Fact]
    public async Task ChildSafetyCase_WhateverTheTableSays_WaitsInTheChildSafetyQueue()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue ordinary = await console.QueueAsync(shape: queue => queue.IsDefault = true);
        CaseQueue childSafety = await console.QueueAsync(kind: QueueKind.ChildSafety);
        await SaveAsync(console, new RoutingLine(ordinary.Id, Priority: 10));

        Route route = await RouteAsync(console, new Case { Sensitivity = Sensitivity.ChildSafety });

        Assert.Equal(childSafety.Id, route.Queue.Id);
        Assert.Equal(CaseRouter.ChildSafetyPriority, route.Priority);
    }

    [Fact]
    public async Task ChildSafetyCase_NoSuchQueueYet_OneIsMade()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await console.QueueAsync(shape: queue => queue.IsDefault = true);

        Route route = await RouteAsync(console, new Case { Sensitivity = Sensitivity.ChildSafety });

        Assert.Equal(QueueKind.ChildSafety, route.Queue.Kind);
        Assert.True(await console.ReadAsync(db => db.Set<CaseQueue>().AnyAsync(row => row.Id == route.Queue.Id, Cancel)));
    }

    [Fact]
    public async Task Case_NoQueueAtAll_OneIsMadeThatIsDefaultAndFallback()
    {
        await using TestConsole console = await TestConsole.StartAsync();

        Route route = await RouteAsync(console, new Case());

        CaseQueue made = await console.ReadAsync(db => db.Set<CaseQueue>().SingleAsync(Cancel));
        Assert.Equal(route.Queue.Id, made.Id);
        Assert.True(made is { IsDefault: true, IsFallback: true, Slug: "general" });
        Assert.True(await console.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.QueueChanged, Cancel)));
    }

    [Fact]
    public async Task Save_OneWhoSavedMeanwhile_IsNotOverwritten()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        CaseQueue queue = await console.QueueAsync();
        RoutingTable seen = await console.Use<ListRouting>().RunAsync(admin, Cancel);

        SavedRouting first = await console.Use<SaveRouting>().RunAsync(admin, [new RoutingLine(queue.Id), new RoutingLine(queue.Id, Language: "fr")], seen.Stamp, Cancel);
        SavedRouting second = await console.Use<SaveRouting>().RunAsync(admin, [], seen.Stamp, Cancel);
        RoutingTable now = await console.Use<ListRouting>().RunAsync(admin, Cancel);

        Assert.Equal((SaveRoutingOutcome.Saved, SaveRoutingOutcome.Changed), (first.Outcome, second.Outcome));
        Assert.Equal([null, "fr"], now.Lines.Select(line => line.Language));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.RoutingChanged && row.ActorId == admin.Id, Cancel)));
    }

    [Fact]
    public async Task Save_ShorterTableInAnotherOrder_ReplacesTheWhole()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue queue = await console.QueueAsync();
        await SaveAsync(console, new(queue.Id, Language: "fr"), new(queue.Id, Language: "de"), new(queue.Id, Language: "es"));

        await SaveAsync(console, new(queue.Id, Language: "es"), new(queue.Id, Language: " "));

        RoutingTable now = await console.Use<ListRouting>().RunAsync(Caller.System, Cancel);
        Assert.Equal(["es", null], now.Lines.Select(line => line.Language));
    }

    [Fact]
    public async Task Save_LineIsWrong_SaysWhichAndStoresNothing()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        CaseQueue queue = await console.QueueAsync();
        (RoutingLine Line, SaveRoutingOutcome Expected)[] wrong =
        [
            (new(Guid.CreateVersion7()), SaveRoutingOutcome.QueueUnknown),
            (new(queue.Id, ItemTypeId: "none"), SaveRoutingOutcome.ItemTypeUnknown),
            (new(queue.Id, PolicyId: "none"), SaveRoutingOutcome.PolicyUnknown),
            (new(queue.Id, Language: "not a tag"), SaveRoutingOutcome.LanguageInvalid),
            (new(queue.Id, Priority: 101), SaveRoutingOutcome.PriorityInvalid),
            (new(queue.Id, DeadlineMinutes: 0), SaveRoutingOutcome.DeadlineInvalid),
        ];
        string stamp = (await console.Use<ListRouting>().RunAsync(Caller.System, Cancel)).Stamp;

        foreach ((RoutingLine line, SaveRoutingOutcome expected) in wrong)
        {
            SavedRouting saved = await console.Use<SaveRouting>().RunAsync(Caller.System, [new(queue.Id), line], stamp, Cancel);
            Assert.Equal(new SavedRouting(expected, 1), saved);
        }

        Assert.Empty((await console.Use<ListRouting>().RunAsync(Caller.System, Cancel)).Lines);
    }

    [Fact]
    public async Task Save_PersonWhoDoesNotManageQueues_IsRefusedInTheCore()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => console.Use<SaveRouting>().RunAsync(lead, [], "", Cancel));
    }

    private static Task<Route> RouteAsync(TestConsole console, Case about) =>
        console.WriteAsync(scope => CaseRouter.RouteAsync(scope, about, s_item, [], Cancel));

    private static async Task SaveAsync(TestConsole console, params RoutingLine[] lines)
    {
        RoutingTable seen = await console.Use<ListRouting>().RunAsync(Caller.System, Cancel);
        SavedRouting saved = await console.Use<SaveRouting>().RunAsync(Caller.System, lines, seen.Stamp, Cancel);
        Assert.Equal(SaveRoutingOutcome.Saved, saved.Outcome);
    }
}
