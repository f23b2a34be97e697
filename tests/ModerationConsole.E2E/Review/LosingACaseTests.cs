using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>A case that leaves a desk without its moderator having decided it there.</summary>
public sealed class LosingACaseTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LostCase_WhileTextIsWritten_IsExplainedAndTheTextIsKept()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.ChooseViolationAsync();
        await desk.Reason.FillAsync("Because of what it says");
        await desk.Note.FillAsync("Compare with yesterday's");

        await LoseAsync(scene, task);

        await desk.Page.GetByText("This case went back to the queue. Your text is kept.").First.WaitForAsync();
        await Assertions.Expect(desk.Reason).ToHaveValueAsync("Because of what it says");
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Compare with yesterday's");
        await desk.PressAsync("Control+Enter");
        await desk.AnsweredAsync();
        Assert.Empty(await scene.ReadAsync(db => db.Set<Decision>().Where(row => row.TaskNumber == task).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task CaseDecidedInOneTab_IsExplainedInTheOther_AndDecidedOnce()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("First");
        await scene.PostAsync("Second");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk first = await Desk.StartAsync(browser, scene);
        long task = await first.DrawnAsync();
        Desk second = await Desk.OpenAsync(browser, scene);
        Assert.Equal(task, await second.DrawnAsync());
        await second.ChooseAsync("v", "Violation");

        await first.Page.BringToFrontAsync();
        long? next = await first.AllowAsync();

        await second.Page.GetByText("You finished this case in another window. Your text is kept.").First.WaitForAsync();
        await second.Page.BringToFrontAsync();
        await second.Button("Continue").ClickAsync();
        Assert.Equal(next, await second.DrawnAsync());
        Decision decision = Assert.Single(await scene.ReadAsync(db => db.Set<Decision>().Where(row => row.TaskNumber == task || row.TaskNumber == next).ToListAsync(Cancel)));
        Assert.Equal(Verdict.Allow, decision.Verdict);
    }

    private static Task LoseAsync(Scene scene, long task) => scene.WriteAsync(async scope =>
    {
        ActiveLease lease = await scope.Db.Set<ActiveLease>().SingleAsync(row => row.TaskNumber == task);
        await scope.EndLeaseAsync(Caller.System, lease, LeaseEnd.Expired, CancellationToken.None);
    });
}
