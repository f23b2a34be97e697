using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>Ways to leave a case or the desk that ask for no reason.</summary>
public sealed class LeavingACaseTests(ConsoleFixture console)
{
    [Fact]
    public async Task Skip_GoesOnWithTheNextCaseAndLeavesThisOneToOthers()
    {
        Scene scene = await Scene.SetAsync(console.App, moderators: 2);
        await scene.PostAsync("First");
        await scene.PostAsync("Second");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long skipped = await desk.DrawnAsync();

        await desk.Button("Skip").ClickAsync();
        long? next = await desk.DrawnAfterAsync(skipped);
        Assert.NotNull(next);
        Assert.Null(await desk.AllowAsync());

        await using IBrowserContext otherBrowser = await console.BrowserAsync(scene.People[1]);
        Desk other = await Desk.StartAsync(otherBrowser, scene);
        Assert.Equal(skipped, await other.DrawnAsync());
    }

    [Fact]
    public async Task StopThisCase_ByItsKey_TakesItAwayAtOnceAndNeverBringsItBack()
    {
        Scene scene = await Scene.SetAsync(console.App, moderators: 2);
        await scene.PostAsync("Something hard to see");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long stopped = await desk.DrawnAsync();
        await desk.ChooseAsync("a", "Allow");

        await desk.PressAsync("z");

        await desk.Page.GetByText("You will not be offered it again.").WaitForAsync();
        await Assertions.Expect(desk.Page.GetByText("Something hard to see")).ToHaveCountAsync(0);
        await desk.Button("Ordinary work").ClickAsync();
        await desk.Waiting.WaitForAsync();
        await using IBrowserContext otherBrowser = await console.BrowserAsync(scene.People[1]);
        Desk other = await Desk.StartAsync(otherBrowser, scene);
        Assert.Equal(stopped, await other.DrawnAsync());
    }

    [Fact]
    public async Task Break_GivesTheCaseBackAndNothingComesUntilItEnds()
    {
        Scene scene = await Scene.SetAsync(console.App, moderators: 2);
        await scene.PostAsync("First");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        await using IBrowserContext otherBrowser = await console.BrowserAsync(scene.People[1]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long first = await desk.DrawnAsync();

        await desk.Button("Take a break").ClickAsync();
        await desk.Heading("You are on a break").WaitForAsync();
        Desk other = await Desk.StartAsync(otherBrowser, scene);
        Assert.Equal(first, await other.DrawnAsync());
        await scene.PostAsync("Second");
        Assert.NotNull(await other.AllowAsync());
        Assert.Null(await other.AllowAsync());

        await Assertions.Expect(desk.Heading("You are on a break")).ToBeVisibleAsync();
        await other.Button("Take a break").ClickAsync();
        await desk.Button("Resume").ClickAsync();
        await desk.Waiting.WaitForAsync();
        await scene.PostAsync("Third");
        await Assertions.Expect(desk.Case).ToContainTextAsync("Third");
    }
}
