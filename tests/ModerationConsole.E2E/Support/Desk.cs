using System.Globalization;
using System.Text.RegularExpressions;

namespace ModerationConsole.E2E.Support;

/// <summary>The review desk as a moderator uses it: by what is on the screen and by keys.</summary>
public sealed class Desk(IPage page)
{
    // A verdict key pressed while a case settles is not taken; a person who sees that presses again.
    private const float GlanceMs = 500;
    private const int MostTries = 40;

    public IPage Page => page;

    public ILocator Case => Landmark("Case");

    public ILocator Context => Landmark("Context");

    public ILocator Decision => Landmark("Decision");

    public ILocator Submit => Button("Submit");

    public ILocator Reason => page.GetByLabel("Reason for the user");

    public ILocator Note => page.GetByLabel("Internal note");

    public ILocator Waiting => Heading("Nothing suitable right now");

    /// <summary>Opens the desk of one queue.</summary>
    public static async Task<Desk> OpenAsync(IBrowserContext browser, Scene scene) => new(await browser.OpenAsync($"/review/{scene.Queue.Slug}"));

    /// <summary>Opens the desk of one queue and asks for work.</summary>
    public static async Task<Desk> StartAsync(IBrowserContext browser, Scene scene)
    {
        Desk desk = await OpenAsync(browser, scene);
        await desk.Button("Start reviewing").ClickAsync();
        return desk;
    }

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(name)}( |$)") });

    public ILocator Heading(string name) => page.GetByRole(AriaRole.Heading, new() { Name = name });

    public ILocator Dialog(string title) => page.GetByRole(AriaRole.Dialog, new() { Name = title });

    /// <summary>Waits for a case that keys can decide and returns its task's number.</summary>
    public async Task<long> DrawnAsync()
    {
        string? task = await Case.GetAttributeAsync("data-task");
        await KeysMeanAsync(task);
        return Number(task);
    }

    /// <summary>Waits for another case than <paramref name="task"/>, or for the words that nothing is left; null then.</summary>
    public async Task<long?> DrawnAfterAsync(long task)
    {
        ILocator other = page.Locator($"[data-task]:not([data-task='{task}'])");
        await other.Or(Waiting).First.WaitForAsync();
        if (await other.CountAsync() == 0)
        {
            return null;
        }

        string? next = await other.First.GetAttributeAsync("data-task");
        await KeysMeanAsync(next);
        return Number(next);
    }

    /// <summary>Waits until the media of the case can be revealed: a key pressed before that is lost.</summary>
    public Task MediaReadyAsync() => Assertions.Expect(page.Locator(".tile:has([data-media-step]):not([data-ready])")).ToHaveCountAsync(0, new() { Timeout = 20_000 });

    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    /// <summary>Waits until the server has answered everything that was sent before, by asking for the help on keys and leaving it.</summary>
    public async Task AnsweredAsync()
    {
        ILocator help = page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        for (int tries = 1; ; tries++)
        {
            await PressAsync("?");
            try
            {
                await help.WaitForAsync(new() { Timeout = GlanceMs });
                break;
            }
            catch (TimeoutException) when (tries < MostTries)
            {
                // Nothing is accepted while a submit is under way: again.
            }
        }

        await PressAsync("Escape");
        await help.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    /// <summary>Submits by key what is chosen for a case that was only just drawn, and waits for what comes next.</summary>
    /// <returns>The next task, or null when nothing is left.</returns>
    public async Task<long?> SubmitAsync(long task)
    {
        ILocator drawn = page.Locator($"[data-task='{task}']");
        for (int tries = 1; tries <= MostTries && await drawn.CountAsync() > 0; tries++)
        {
            await PressAsync("Control+Enter");
            try
            {
                await drawn.WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = GlanceMs });
            }
            catch (TimeoutException) when (tries < MostTries)
            {
                // Again: a second press while the first is under way means nothing.
            }
        }

        return await DrawnAfterAsync(task);
    }

    /// <summary>Presses a verdict's key until the page shows that it is chosen.</summary>
    public Task ChooseAsync(string key, string verdict) =>
        PressUntilPressedAsync(key, Decision.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{verdict}") }));

    /// <summary>Finds a violation of the policy on key 1, without submitting it.</summary>
    public async Task ChooseViolationAsync()
    {
        await ChooseAsync("v", "Violation");
        await ChoosePolicyAsync();
    }

    /// <summary>Names the policy on key 1.</summary>
    public Task ChoosePolicyAsync() => PressUntilPressedAsync("1", Decision.Locator("[data-pinned='1']"));

    /// <summary>Allows the case on the screen, by keys, and waits for what comes next.</summary>
    /// <returns>The next task, or null when nothing is left.</returns>
    public async Task<long?> AllowAsync()
    {
        long task = await DrawnAsync();
        await ChooseAsync("a", "Allow");
        await PressAsync("Control+Enter");
        return await DrawnAfterAsync(task);
    }

    /// <summary>Finds a violation of the policy on key 1, by keys, and waits for what comes next.</summary>
    public async Task<long?> FindViolationAsync()
    {
        long task = await DrawnAsync();
        await ChooseViolationAsync();
        await PressAsync("Control+Enter");
        return await DrawnAfterAsync(task);
    }

    // The page's script hears of a case a moment after it is on the screen: a key pressed before that is lost.
    private Task KeysMeanAsync(string? task) => page.Locator($".desk[data-keys='{task}']").WaitForAsync();

    private async Task PressUntilPressedAsync(string key, ILocator button)
    {
        for (int tries = 1; ; tries++)
        {
            // Once it is taken, what is typed goes to the policy finder.
            if (!await page.EvaluateAsync<bool>("key => key === 'v' && document.activeElement?.matches('[data-desk-find]')", key))
            {
                await PressAsync(key);
            }

            try
            {
                await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = GlanceMs });
                return;
            }
            catch (PlaywrightException) when (tries < MostTries)
            {
                // Again.
            }
        }
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);

    private ILocator Landmark(string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });
}
