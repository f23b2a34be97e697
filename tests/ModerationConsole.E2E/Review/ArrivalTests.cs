using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

public sealed class ArrivalTests(ConsoleFixture console)
{
    [Fact]
    public async Task PostedItem_DeskThatWaits_IsDrawnWithoutAnyInteraction()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.Waiting.WaitForAsync();

        await scene.PostAsync("Something new");

        await Assertions.Expect(desk.Case).ToContainTextAsync("Something new");
        await Assertions.Expect(desk.Case).ToHaveAttributeAsync("data-task", $"{(await scene.TasksAsync()).Single().Number}");
    }

    [Fact]
    public async Task TwoPostedItems_TwoDesksWait_EachDrawsOne()
    {
        Scene scene = await Scene.SetAsync(console.App, moderators: 2);
        await using IBrowserContext firstBrowser = await console.BrowserAsync(scene.People[0]);
        await using IBrowserContext secondBrowser = await console.BrowserAsync(scene.People[1]);
        Desk first = await Desk.StartAsync(firstBrowser, scene);
        Desk second = await Desk.StartAsync(secondBrowser, scene);
        await first.Waiting.WaitForAsync();
        await second.Waiting.WaitForAsync();

        await scene.PostAsync("First thing");
        await scene.PostAsync("Second thing");

        long[] drawn = await Task.WhenAll(first.DrawnAsync(), second.DrawnAsync());
        Assert.Equal((await scene.TasksAsync()).Select(task => task.Number), drawn.Order());
    }

    [Fact]
    public async Task DecidedLastCase_DeskWaitsAgain_AndDrawsWhatComesNext()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("First thing");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);

        Assert.Null(await desk.AllowAsync());
        await scene.PostAsync("Second thing");

        await Assertions.Expect(desk.Case).ToContainTextAsync("Second thing");
    }
}
