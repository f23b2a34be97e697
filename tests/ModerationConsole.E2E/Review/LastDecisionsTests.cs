using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>The list of one's last decisions: undo while that is possible, and reversal by a decision of its own afterwards.</summary>
public sealed class LastDecisionsTests(ConsoleFixture console, Platform platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DecisionThatWasSent_IsReversedFromTheList_AndThePlatformIsTold()
    {
        Scene scene = await Scene.SetAsync(platform.App, webhook: platform.Receiver.Url);
        string back = $"act_back_{scene.Name}";
        await scene.WriteAsync(async scope =>
        {
            scope.Db.Add(new ActionDefinition { Id = back, Name = "Show the post again", CallbackUrl = platform.Receiver.Url, ItemTypes = scene.Name });
            (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == $"act_{scene.Name}")).ReversalActionId = back;
        });
        string item = await scene.PostAsync("Judged too fast");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], app: platform.App);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.FindViolationAsync();
        await platform.Receiver.UntilAsync(calls => About(calls, item).Any());
        await scene.UntilAsync(db => db.Set<EnforcementAction>().AnyAsync(row => row.ActionId == $"act_{scene.Name}" && row.State == EnforcementState.Delivered, Cancel));

        await desk.Button("Last decisions").ClickAsync();
        ILocator list = desk.Dialog("Your last decisions");
        await list.GetByText("Violation: Spam").WaitForAsync();
        await list.GetByRole(AriaRole.Button, new() { NameRegex = new("^Reverse ") }).ClickAsync();
        await Assertions.Expect(list.GetByLabel("Why (only the team sees this)")).ToBeFocusedAsync();
        await list.GetByRole(AriaRole.Button, new() { Name = "Reverse the decision" }).ClickAsync();
        await Assertions.Expect(list.GetByText("Say why first.")).ToBeVisibleAsync();
        await list.GetByLabel("Why (only the team sees this)").FillAsync("never to leave");
        await list.GetByRole(AriaRole.Button, new() { Name = "Reverse the decision" }).ClickAsync();

        await Assertions.Expect(desk.Page.Status()).ToHaveTextAsync("Reversed. The platform is told.");
        await Assertions.Expect(list.GetByText("reverses an earlier one")).ToBeVisibleAsync();
        IReadOnlyList<ReceivedCall> calls = [.. About(await platform.Receiver.UntilAsync(received => About(received, item).Count() == 2), item)];
        Assert.Equal(back, JsonDocument.Parse(calls[1].Body).RootElement.GetProperty("action").GetProperty("id").GetString());
        Assert.DoesNotContain("never to leave", Encoding.UTF8.GetString(calls[1].Body), StringComparison.Ordinal);
        List<Decision> decisions = await scene.ReadAsync(db => db.Set<Decision>().Where(row => row.TaskNumber == task).OrderBy(row => row.Id).ToListAsync(Cancel));
        Assert.Equal([(DecisionState.Reversed, null), (DecisionState.Effective, (Guid?)decisions[0].Id)], decisions.Select(row => (row.State, row.ReversesId)));
    }

    private static IEnumerable<ReceivedCall> About(IEnumerable<ReceivedCall> calls, string item) =>
        calls.Where(call => call.ItemId == item);
}
