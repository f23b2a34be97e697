using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

public sealed class DeliveryTests(ConsoleFixture console, Platform platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_AfterItsWindow_ReachesThePlatformOnceAndSignedBothWays()
    {
        Scene scene = await Scene.SetAsync(platform.App, webhook: platform.Receiver.Url);
        string item = await scene.PostAsync("Cheap followers here");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], app: platform.App);
        Desk desk = await Desk.StartAsync(browser, scene);

        await desk.DrawnAsync();
        await desk.ChooseViolationAsync();
        await desk.Reason.FillAsync("This is spam");
        await desk.Note.FillAsync("never to leave");
        await desk.PressAsync("Control+Enter");
        await desk.Waiting.WaitForAsync();
        ReceivedCall call = (await platform.Receiver.UntilAsync(calls => About(calls, item).Any()))[^1];
        await scene.UntilAsync(db => db.Set<EnforcementAction>().AnyAsync(row => row.ActionId == $"act_{scene.Name}" && row.State == EnforcementState.Delivered, Cancel));

        Assert.Single(About(platform.Receiver.Calls, item));
        platform.AssertSigned(call);
        JsonElement body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal($"act_{scene.Name}", body.GetProperty("action").GetProperty("id").GetString());
        Assert.Equal($"pol_{scene.Name}", body.GetProperty("policies")[0].GetProperty("id").GetString());
        Assert.Equal("This is spam", body.GetProperty("decisionReason").GetString());
        Assert.DoesNotContain("never to leave", body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(scene.People[0], body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_InsideTheWindow_SendsNothingAndShowsTheCaseAgain()
    {
        Scene scene = await Scene.SetAsync(platform.App, webhook: platform.Receiver.Url);
        string undone = await scene.PostAsync("Taken back");
        string kept = await scene.PostAsync("Stays decided");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], app: platform.App);
        Desk desk = await Desk.StartAsync(browser, scene);
        long first = await desk.DrawnAsync();

        long? second = await desk.FindViolationAsync();
        await desk.PressAsync("u");
        await Assertions.Expect(desk.Page.Status()).ToHaveTextAsync("Taken back. Nothing was sent.");
        Assert.Equal(first, await desk.DrawnAfterAsync(second!.Value));
        await desk.ChooseAsync("a", "Allow");
        await desk.PressAsync("Control+Enter");
        Assert.Equal(second, await desk.DrawnAfterAsync(first));
        await desk.FindViolationAsync();

        // What was decided later is sent later: once it is there, the first would be too.
        await platform.Receiver.UntilAsync(calls => About(calls, kept).Any());
        Assert.Empty(About(platform.Receiver.Calls, undone));
        List<DecisionState> states = await scene.ReadAsync(db => db.Set<Decision>().Where(row => row.TaskNumber == first)
            .OrderBy(row => row.Id).Select(row => row.State).ToListAsync(Cancel));
        Assert.Equal([DecisionState.Undone, DecisionState.Effective], states);
    }

    private static IEnumerable<ReceivedCall> About(IEnumerable<ReceivedCall> calls, string item) =>
        calls.Where(call => call.ItemId == item);
}
