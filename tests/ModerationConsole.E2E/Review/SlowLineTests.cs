using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>A moderator 200 ms from the server, each way, who is faster than the line.</summary>
public sealed class SlowLineTests(ConsoleFixture console) : IAsyncDisposable
{
    // No hand is this quick; a hand that was already on its way is.
    private const string PressWhenTheNextIsDrawn = """
        () => {
            const shown = () => document.querySelector('[data-task]')?.dataset.task;
            const before = shown();
            new MutationObserver((_, observer) => {
                if (!shown() || shown() === before) return;
                observer.disconnect();
                for (const [key, code, ctrlKey] of [['a', 'KeyA', false], ['Enter', 'Enter', true]]) {
                    for (const type of ['keydown', 'keyup']) {
                        document.body.dispatchEvent(new KeyboardEvent(type, { key, code, ctrlKey, bubbles: true, cancelable: true }));
                    }
                }
            }).observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """;

    private readonly SlowLine _line = new(console.App.Address, TimeSpan.FromMilliseconds(200));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    [Fact]
    public async Task AllowAndSubmit_PressedTwiceInARow_DecideOnlyWhatWasDrawn()
    {
        Scene scene = await WithPostsAsync(3);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], address: _line.Address);
        Desk desk = await Desk.StartAsync(browser, scene);
        long first = await desk.DrawnAsync();
        // From here on keys are known to be taken.
        await desk.ChooseAsync("a", "Allow");

        foreach (string key in new[] { "a", "Control+Enter", "a", "Control+Enter" })
        {
            await desk.PressAsync(key);
        }

        long? second = await desk.DrawnAfterAsync(first);
        await desk.AnsweredAsync();
        Assert.Equal([first], await DecidedAsync(scene));
        Assert.Equal(second, await desk.DrawnAsync());
    }

    [Fact]
    public async Task AllowAndSubmit_PressedInTheMomentTheNextCaseIsDrawn_AreNotTaken()
    {
        Scene scene = await WithPostsAsync(3);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], address: _line.Address);
        Desk desk = await Desk.StartAsync(browser, scene);
        long first = await desk.DrawnAsync();
        await desk.Page.EvaluateAsync(PressWhenTheNextIsDrawn);

        long? second = await desk.AllowAsync();

        await desk.AnsweredAsync();
        Assert.Equal([first], await DecidedAsync(scene));
        Assert.Equal(second, await desk.DrawnAsync());
    }

    private async Task<Scene> WithPostsAsync(int count)
    {
        Scene scene = await Scene.SetAsync(console.App);
        for (int i = 1; i <= count; i++)
        {
            await scene.PostAsync($"Post number {i}");
        }

        return scene;
    }

    private static Task<List<long>> DecidedAsync(Scene scene) => scene.ReadAsync(db => (
        from decision in db.Set<Decision>()
        join task in db.Set<Core.Queues.ReviewTask>() on decision.TaskNumber equals task.Number
        where task.QueueId == scene.Queue.Id
        orderby decision.Id
        select decision.TaskNumber).ToListAsync(Cancel));
}
