using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Queues;

/// <summary>Lists follow what happens elsewhere, without a click.</summary>
public sealed class LiveListTests(ConsoleFixture console)
{
    [Fact]
    public async Task QueuesAndCases_OpenWhileOneArrivesAndIsDecided_FollowIt()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead));
        IPage queues = await leads.OpenAsync("/queues");
        ILocator waiting = queues.Row(scene.Name).GetByRole(AriaRole.Cell).Nth(1);
        await Assertions.Expect(waiting).ToHaveTextAsync("0");

        await scene.PostAsync("Word " + scene.Name);
        await Assertions.Expect(waiting).ToHaveTextAsync("1");
        IPage cases = await leads.OpenAsync("/cases");
        ILocator row = cases.GetByRole(AriaRole.Row).Filter(new() { HasText = "Word " + scene.Name });
        await Assertions.Expect(row).ToContainTextAsync("Waiting");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        Assert.Null(await desk.AllowAsync());

        await Assertions.Expect(waiting).ToHaveTextAsync("0");
        await Assertions.Expect(row).ToContainTextAsync("allow");
    }
}
