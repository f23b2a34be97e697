using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>What is revealed is gone in the same frame, with a server that does not answer at all.</summary>
public sealed class FrozenServerTests(ConsoleFixture console, SeparateConsole separate) : IClassFixture<SeparateConsole>
{
    // Answers in the frame of the event: what is still there then, a person sees.
    private const string WatchForGone = """
        (type) => {
            window.goneInFrame = new Promise((resolve) => window.addEventListener(type, () => requestAnimationFrame(() =>
                resolve(document.querySelector('[data-media-clear], .tile [data-media-screen] *, video[src], .tile[data-open]') === null)), { capture: true, once: true }));
        }
        """;

    private const string HideTab = """
        () => {
            Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
            document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        }
        """;

    public static TheoryData<string> Ways => ["Esc", "Esc in a text field", "key-up", "stop", "window blur", "hidden tab", "leaving full screen"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Media_Revealed_IsGoneInOneFrame(string way)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no way to freeze a process here.");
        await using IBrowserContext browser = await console.BrowserAsync(address: separate.Address);
        IPage page = await browser.NewPageAsync();
        await ConsoleFixture.SignInAsync(page, "moderator@demo.local", ConsoleFixture.DemoPassword);
        Desk desk = await RevealedAsync(page, hold: way == "key-up");
        if (way == "leaving full screen")
        {
            await desk.PressAsync("f");
            await page.WaitForFunctionAsync("() => document.fullscreenElement !== null");
        }
        else if (way == "Esc in a text field")
        {
            await desk.Note.FocusAsync();
        }

        await page.EvaluateAsync(WatchForGone, EventOf(way));
        await separate.FreezeAsync();
        try
        {
            await DoAsync(desk, way);
            Assert.True(await page.EvaluateAsync<bool>("() => window.goneInFrame"));
        }
        finally
        {
            await separate.ThawAsync();
        }
    }

    private static string EventOf(string way) => way switch
    {
        "key-up" => "keyup",
        "window blur" => "blur",
        "hidden tab" => "visibilitychange",
        "leaving full screen" => "fullscreenchange",
        _ => "keydown",
    };

    private static Task DoAsync(Desk desk, string way) => way switch
    {
        "key-up" => desk.Page.Keyboard.UpAsync("r"),
        "stop" => desk.PressAsync("z"),
        "window blur" => desk.Page.EvaluateAsync("() => window.dispatchEvent(new Event('blur'))"),
        "hidden tab" => desk.Page.EvaluateAsync(HideTab),
        "leaving full screen" => desk.Page.EvaluateAsync("() => document.exitFullscreen()"),
        _ => desk.PressAsync("Escape"),
    };

    private static async Task<Desk> RevealedAsync(IPage page, bool hold)
    {
        Desk desk = await WithMediaAsync(page);
        await desk.MediaReadyAsync();
        await (hold ? page.Keyboard.DownAsync("r") : desk.PressAsync("Shift+R"));
        await page.Locator(".tile[data-open] [data-media-clear] img").WaitForAsync();
        return desk;
    }

    private static async Task<Desk> WithMediaAsync(IPage page)
    {
        await page.GotoAsync("/review");
        await page.ReadyAsync();
        Desk desk = new(page);
        ILocator begin = desk.Button("Start reviewing");
        await begin.Or(desk.Case).First.WaitForAsync();
        if (await begin.CountAsync() > 0)
        {
            await begin.ClickAsync();
        }

        // Cases without media are none of this test's business.
        long? task = await desk.DrawnAsync();
        while (await page.Locator(".tile").CountAsync() == 0)
        {
            await desk.Button("Skip").ClickAsync();
            task = await desk.DrawnAfterAsync(task!.Value);
            Assert.NotNull(task);
        }

        return desk;
    }
}
