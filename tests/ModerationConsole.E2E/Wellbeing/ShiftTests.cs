using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Wellbeing;

/// <summary>What the console does for the people who work it, as they meet it.</summary>
public sealed class ShiftTests(ConsoleFixture console)
{
    [Fact]
    public async Task LastSevereMinute_ChangesWhatIsOfferedNext_AndNothingElse()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string[] hard = [await scene.PostAsync("Hard to see, one"), await scene.PostAsync("Hard to see, two")];
        await scene.PostAsync("Easy");
        await MakeSevereAsync(scene, hard);
        // All of the four hours but a tenth of a second: no verdict can be given sooner.
        await HadAsync(scene, TimeSpan.FromHours(4) - TimeSpan.FromMilliseconds(100));
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.OpenAsync(browser, scene);
        await Assertions.Expect(Meter(desk)).ToHaveAttributeAsync("aria-label", "Severe content today: 3 h 59 of 4 h. Near your limit");
        await desk.Button("Start reviewing").ClickAsync();
        await Assertions.Expect(desk.Case).ToContainTextAsync("Hard to see, one");

        await desk.ChooseAsync("a", "Allow");
        await desk.PressAsync("Control+Enter");
        // So long without a break: one is offered between the cases.
        await desk.Heading("Time for a break?").WaitForAsync();
        await desk.Page.ReloadAsync();
        await desk.Page.ReadyAsync();
        await desk.Heading("Time for a break?").WaitForAsync();
        await desk.Button("Go on working").ClickAsync();

        await Assertions.Expect(desk.Case).ToContainTextAsync("Easy");
        Assert.Null(await desk.AllowAsync());
        await desk.Page.GetByText("That was enough severe content for this shift.").WaitForAsync();
        // Nobody here may take it any more, so it may wait in the fallback queue by now.
        Assert.Equal([TaskState.Waiting], await scene.ReadAsync(db => (
            from task in db.Set<ReviewTask>()
            join about in db.Set<Case>() on task.CaseNumber equals about.Number
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where item.ItemId == hard[1]
            select task.State).ToListAsync(TestContext.Current.CancellationToken)));
        await desk.Page.ReloadAsync();
        await desk.Page.ReadyAsync();
        await Assertions.Expect(Meter(desk)).ToHaveAttributeAsync("aria-label", new Regex("of 4 h\\. Limit reached$"));
    }

    [Fact]
    public async Task StopPanel_OffersOtherWorkARestAndAWayBack()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string hard = await scene.PostAsync("Hard to see");
        await scene.PostAsync("Easy");
        await MakeSevereAsync(scene, hard);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long stopped = await desk.DrawnAsync();

        await desk.PressAsync("z");
        await desk.Heading("The case is back in its queue").WaitForAsync();
        await Assertions.Expect(desk.Page.GetByLabel("For how long")).ToHaveValueAsync(nameof(NoSevereFor.FourHours));
        await desk.Page.ReloadAsync();
        await desk.Page.ReadyAsync();
        await desk.Heading("The case is back in its queue").WaitForAsync();
        await desk.Button("Mistake, carry on").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("main")).ToContainTextAsync("Hard to see");
        Assert.Equal(stopped, await desk.DrawnAsync());

        await desk.PressAsync("z");
        await desk.Button("No severe work").ClickAsync();
        await Assertions.Expect(desk.Case).ToContainTextAsync("Easy");
        Assert.Null(await desk.AllowAsync());
        await desk.Page.GetByText("No severe work, as you asked").WaitForAsync();
    }

    [Fact]
    public async Task BreakPage_IsCalm_AndStandsStillWhereLessMotionIsWanted()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.OpenAsync(browser, scene);

        await desk.Button("Take a break").ClickAsync();

        await desk.Heading("You are on a break").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator(".pacer")).ToBeVisibleAsync();
        await desk.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Assertions.Expect(desk.Page.Locator(".pacer")).ToBeHiddenAsync();
        await desk.Button("Resume").ClickAsync();
        await desk.Waiting.WaitForAsync();
    }

    [Fact]
    public async Task MyShift_IsKeptByOneself_AndOpensForNobodyWithoutAShift()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/my-shift");

        await page.GetByRole(AriaRole.Button, new() { Name = "None for the rest of the shift" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Offer it again" }).ClickAsync();
        await page.GetByText("Offered as your limits say.").WaitForAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "1.1 Spam" }).First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save categories" }).ClickAsync();
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Saved.");
        foreach (string question in new[] { "How are you today?", "Can you leave work behind when it ends?", "Could you pause or stop when you needed to?" })
        {
            await page.GetByRole(AriaRole.Group, new() { Name = question }).GetByRole(AriaRole.Radio, new() { Name = "4, well" }).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Save check-in" }).ClickAsync();
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Thank you. Your check-in is saved.");

        await using IBrowserContext auditor = await console.BrowserAsync("auditor@demo.local", ConsoleFixture.DemoPassword);
        IPage refused = await auditor.NewPageAsync();
        await refused.GotoAsync("/my-shift");
        await Assertions.Expect(refused.GetByRole(AriaRole.Heading, new() { Name = "My shift" })).ToHaveCountAsync(0);
        await Assertions.Expect(refused.GetByText("Severe content today")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task HiddenTab_StopsTheClockOfSevereContent_AndDrawsNoCaseForAnEmptyChair()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await MakeSevereAsync(scene, await scene.PostAsync("Hard to see"));
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        await browser.Clock.InstallAsync();
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        DateTimeOffset begun = await UntilAsync(scene, task);
        DateTimeOffset kept = await KeptAsync(scene, task);

        await ShowTabAsync(desk, false);
        await browser.Clock.FastForwardAsync(20_000);
        // The case stays theirs; only the clock stands.
        await scene.UntilAsync(db => db.Set<ActiveLease>().AnyAsync(lease => lease.TaskNumber == task && lease.ExpiresAt > kept, TestContext.Current.CancellationToken));
        Assert.Equal(begun, await UntilAsync(scene, task));

        await ShowTabAsync(desk, true);
        await browser.Clock.FastForwardAsync(20_000);
        await scene.UntilAsync(db => db.Set<SevereTime>().AnyAsync(row => row.TaskNumber == task && row.Until > begun, TestContext.Current.CancellationToken));

        Assert.Null(await desk.AllowAsync());
        await ShowTabAsync(desk, false);
        await desk.Heading("Paused while you were away").WaitForAsync();
        await scene.PostAsync("Easy");
        await ShowTabAsync(desk, true);
        await desk.Button("Resume").ClickAsync();
        await Assertions.Expect(desk.Case).ToContainTextAsync("Easy");
    }

    private static async Task ShowTabAsync(Desk desk, bool shown) => await desk.Page.EvaluateAsync(
        """
        (state) => {
            Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true });
            document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        }
        """,
        shown ? "visible" : "hidden");

    private static Task<DateTimeOffset> UntilAsync(Scene scene, long task) => scene.ReadAsync(db =>
        db.Set<SevereTime>().Where(row => row.TaskNumber == task).Select(row => row.Until).SingleAsync(TestContext.Current.CancellationToken));

    private static Task<DateTimeOffset> KeptAsync(Scene scene, long task) => scene.ReadAsync(db =>
        db.Set<ActiveLease>().Where(lease => lease.TaskNumber == task).Select(lease => lease.ExpiresAt).SingleAsync(TestContext.Current.CancellationToken));

    private static ILocator Meter(Desk desk) => desk.Page.Locator("a.meter");

    private static Task MakeSevereAsync(Scene scene, params string[] posts) => scene.WriteAsync(async scope =>
    {
        foreach (string post in posts)
        {
            Guid version = await scope.Db.Set<ItemVersion>().Where(row => row.ItemId == post).Select(row => row.Id).SingleAsync();
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.ItemVersionId == version);
            about.Sensitivity = Sensitivity.Severe;
            (await scope.Db.Set<WaitingTask>().SingleAsync(row => row.CaseNumber == about.Number)).Sensitivity = Sensitivity.Severe;
        }
    });

    // Six stretches of an hour's two thirds, with pauses between, in a shift that began so long ago.
    private static Task HadAsync(Scene scene, TimeSpan severe) => scene.WriteAsync(async scope =>
    {
        Guid person = await scope.Db.Users.Where(user => user.Email == scene.People[0]).Select(user => user.Id).SingleAsync();
        DateTimeOffset began = scope.Now.AddMinutes(-359);
        scope.Db.Add(new WorkShift { PersonId = person, StartedAt = began, SeenAt = scope.Now });
        for (int i = 0; i < 6; i++)
        {
            scope.Db.Add(new SevereTime { PersonId = person, Since = began.AddMinutes(55 * i), Until = began.AddMinutes(55 * i) + (severe / 6) });
        }
    });
}
