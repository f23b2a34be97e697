using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>What is alike is looked at once.</summary>
public sealed class StackTests(ConsoleFixture console)
{
    private const string Offer = "We sell cheap followers and likes for every network, write us today and start to grow";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stack_DecidedByOneSubmission_IsTakenBackAsOne()
    {
        Scene scene = await SetAsync(Offer, Offer, Offer.Replace("today", "now", StringComparison.Ordinal), Offer);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long shown = await desk.DrawnAsync();
        await Assertions.Expect(desk.Decision.GetByText("3 more like this")).ToBeVisibleAsync();

        await desk.ChooseViolationAsync();
        await desk.Reason.FillAsync("This is spam");
        await desk.Button("Decide all 4").ClickAsync();
        await Assertions.Expect(desk.Page.Status()).ToContainTextAsync("and 3 more decided: violation.");
        Assert.Equal(4, await scene.ReadAsync(db => Decisions(db, scene).CountAsync(row => row.State == DecisionState.Effective, Cancel)));

        await desk.Button("Undo").ClickAsync();
        await Assertions.Expect(desk.Page.Status()).ToHaveTextAsync("Taken back, and 3 more with it. Nothing was sent.");
        Assert.Equal(shown, await desk.DrawnAsync());
        await Assertions.Expect(desk.Button("Decide all 4")).ToBeVisibleAsync();
        Assert.Equal(4, await scene.ReadAsync(db => Decisions(db, scene).CountAsync(row => row.State == DecisionState.Undone, Cancel)));
    }

    [Fact]
    public async Task Member_LeftOutByKeyboard_IsTheNextCase()
    {
        Scene scene = await SetAsync(Offer, Offer, Offer);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long shown = await desk.DrawnAsync();

        // Elsewhere on the page stands "Show all 5", once enough copies were seen.
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).FocusAsync();
        await desk.PressAsync("Enter");
        ILocator first = desk.Page.Locator("[data-member]").First;
        await first.GetByRole(AriaRole.Checkbox).FocusAsync();
        await desk.PressAsync("Space");
        await Assertions.Expect(desk.Button("Decide all 2")).ToBeVisibleAsync();
        long left = long.Parse((await first.GetAttributeAsync("data-member"))!, System.Globalization.CultureInfo.InvariantCulture);
        await desk.Button("Allow").FocusAsync();
        await desk.PressAsync("Enter");
        await desk.Button("Decide all 2").FocusAsync();
        await desk.PressAsync("Enter");

        Assert.Equal(left, await desk.DrawnAfterAsync(shown));
        Assert.Equal(1, await scene.ReadAsync(db => db.Set<ActiveLease>().CountAsync(row => row.TaskNumber == left && row.Slot == LeaseSlot.Shown, Cancel)));
    }

    private async Task<Scene> SetAsync(params string[] texts)
    {
        Scene scene = await Scene.SetAsync(console.App);
        foreach (string text in texts)
        {
            await scene.PostAsync(text);
        }

        // The node learns of them by the live tail, which no page shows: here it reads them at once.
        await console.App.Services.GetRequiredService<FollowLikeness>().RebuildAsync(Cancel);
        return scene;
    }

    private static IQueryable<Decision> Decisions(Core.Data.ConsoleDbContext db, Scene scene) =>
        from decision in db.Set<Decision>()
        join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
        where task.QueueId == scene.Queue.Id
        select decision;
}
