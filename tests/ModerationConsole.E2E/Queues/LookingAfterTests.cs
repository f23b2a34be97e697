using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Queues;

/// <summary>A lead pauses a queue and opens it again; people find what needs them in their inbox, never at the desk.</summary>
public sealed class LookingAfterTests(ConsoleFixture console)
{
    [Fact]
    public async Task Queue_PausedByALead_OffersNothingUntilItIsOpenedAgain()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Word " + scene.Name);
        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead));
        IPage queues = await leads.OpenAsync("/queues");

        await queues.PressAsync($"Pause {scene.Name}");
        await queues.GetByLabel("Why, for those who work it").FillAsync("Rules change at noon");
        await queues.PressAsync("For 1 h");
        await Assertions.Expect(queues.Row(scene.Name)).ToContainTextAsync("Paused until");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.Waiting.WaitForAsync();
        ILocator told = desk.Page.GetByText($"{scene.Name} is paused until");
        await Assertions.Expect(told).ToContainTextAsync("Rules change at noon");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Navigation, new() { Name = "Queue", Exact = true }).GetByRole(AriaRole.Link, new() { Name = scene.Name })).ToContainTextAsync("paused");

        await queues.PressAsync($"Open again {scene.Name}");

        await desk.DrawnAsync();
        await Assertions.Expect(queues.Row(scene.Name)).Not.ToContainTextAsync("Paused until");
    }

    [Fact]
    public async Task Task_GivenToAPerson_WaitsInTheirInboxAndNothingMovesAtTheirDesk()
    {
        Scene scene = await Scene.SetAsync(console.App, moderators: 2);
        await scene.PostAsync("First " + scene.Name);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long first = await desk.DrawnAsync();
        await scene.PostAsync("Second " + scene.Name);
        await scene.UntilAsync(_ => Task.FromResult(true));
        ReviewTask second = (await scene.TasksAsync()).Last(task => task.Number != first);
        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead));
        IPage queues = await leads.OpenAsync($"/queues?queue={scene.Queue.Id}");
        await queues.GetByRole(AriaRole.Button, new() { Name = $"Assign to a person {second.Number}" }).Or(queues.Row($"{second.Number}").GetByText("Assign to a person")).First.ClickAsync();
        await queues.PressAsync(scene.People[0].Split('@')[0]);
        await Assertions.Expect(queues.Status()).ToContainTextAsync("waits for");

        // The desk with its open case says nothing; another page of the same person does.
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Link, new() { Name = "Inbox", Exact = true }).First).ToBeVisibleAsync();
        IPage inbox = await browser.OpenAsync("/inbox");
        await Assertions.Expect(inbox.GetByRole(AriaRole.Row).Filter(new() { HasText = "is meant for you" })).ToHaveCountAsync(1);
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Done" }).First.ClickAsync();
        await Assertions.Expect(inbox.GetByRole(AriaRole.Heading, new() { Name = "Nothing needs you right now" })).ToBeVisibleAsync();
    }
}
