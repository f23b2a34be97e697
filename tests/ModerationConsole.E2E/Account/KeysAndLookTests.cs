using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Account;

/// <summary>Keys, density and focus mode as a person wants them, wherever they sign in.</summary>
public sealed class KeysAndLookTests(ConsoleFixture console)
{
    [Fact]
    public async Task KeyGivenToAnotherCommand_IsToldApart_AndWorksOnTheDesk()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Post number 1");
        await scene.PostAsync("Post number 2");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/account/keys");

        ILocator allow = page.Field("Allow");
        await Assertions.Expect(allow).ToBeEditableAsync();
        await allow.FocusAsync();
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(allow).ToHaveValueAsync("s");
        await Assertions.Expect(page.GetByText("“Allow” and “Skip” have the same key. Give one of them another.").First).ToBeVisibleAsync();
        await page.PressAsync("Save");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToBeFocusedAsync();
        await allow.FocusAsync();
        await page.Keyboard.PressAsync("Alt+y");
        await Assertions.Expect(allow).ToHaveValueAsync("Alt+Y");
        ILocator skip = page.Field("Skip");
        await skip.FocusAsync();
        await page.Keyboard.PressAsync("Backspace");
        await Assertions.Expect(skip).ToHaveValueAsync("");
        await page.PressAsync("Save");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Saved.");

        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await Assertions.Expect(desk.Button("Allow")).ToHaveAttributeAsync("aria-keyshortcuts", "Alt+Y");
        await desk.PressAsync("a");
        await desk.PressAsync("s");
        await desk.ChooseAsync("Alt+y", "Allow");
        await desk.PressAsync("Control+Enter");
        Assert.NotEqual(task, await desk.DrawnAfterAsync(task));
    }

    [Fact]
    public async Task SingleKeysSwitchedOff_DoNothing_ChordsAndEscapeStillDo()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Post number 1");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/account/keys");
        await page.GetByLabel("Listen to keys without Ctrl or Alt").UncheckAsync();
        await page.PressAsync("Save");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Saved.");

        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await Assertions.Expect(desk.Button("Allow")).Not.ToHaveAttributeAsync("aria-keyshortcuts", new System.Text.RegularExpressions.Regex(".*"));
        await desk.PressAsync("a");
        await desk.PressAsync("?");
        // The palette answers after both: what they could have done would have been done before.
        await desk.PressAsync("Control+k");
        await Assertions.Expect(desk.Page.Locator("#palette [role=combobox]")).ToBeFocusedAsync();
        await Assertions.Expect(desk.Page.Locator("#palette [role=option]").First).ToBeVisibleAsync();
        await desk.PressAsync("Escape");
        await Assertions.Expect(desk.Button("Allow")).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(desk.Dialog("Keys")).ToHaveCountAsync(0);
        await desk.Button("Allow").FocusAsync();
        await desk.PressAsync("Enter");
        await Assertions.Expect(desk.Button("Allow")).ToHaveAttributeAsync("aria-pressed", "true");
        // Quick hands came this far within the time in which a case that was only just drawn settles.
        Assert.Null(await desk.SubmitAsync(task));
    }

    [Fact]
    public async Task FocusMode_IsSwitchedByThePaletteAndByAKeyOfOnesOwn_AndHintsFollowTheKeys()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.ShowAsync(await scene.PostAsync("Something to see"));
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/account/keys");
        foreach ((string command, string pressed, string chord) in new[] { ("Focus mode on or off", "Alt+f", "Alt+F"), ("Write a note", "n", "n"), ("Reveal until hidden", "x", "x") })
        {
            ILocator field = page.Field(command);
            await Assertions.Expect(field).ToBeEditableAsync();
            await field.FocusAsync();
            await page.Keyboard.PressAsync(pressed);
            await Assertions.Expect(field).ToHaveValueAsync(chord);
        }

        await page.PressAsync("Save");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Saved.");
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        await desk.MediaReadyAsync();

        await desk.PressAsync("Alt+f");
        await desk.Page.Locator("html[data-focus-mode]").WaitForAsync();
        await Assertions.Expect(desk.Context).ToBeHiddenAsync();
        await desk.PressAsync("Control+k");
        await desk.Page.Locator("#palette [role=combobox]").FillAsync("focus mode off");
        await Assertions.Expect(desk.Page.Locator("#palette [role=option][aria-selected=true]")).ToContainTextAsync("Focus mode off");
        await desk.PressAsync("Enter");
        await Assertions.Expect(desk.Context).ToBeVisibleAsync();

        await Assertions.Expect(desk.Button("Reveal")).ToHaveAttributeAsync("aria-keyshortcuts", "r x");
        await desk.PressAsync("x");
        await desk.Page.Locator(".tile[data-open]").WaitForAsync();
        await Assertions.Expect(desk.Note).ToHaveAttributeAsync("aria-keyshortcuts", "n");
        await desk.PressAsync("n");
        await Assertions.Expect(desk.Note).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Look_ChosenInOneBrowser_IsInTheFirstByteOfThePageInAnother()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Post number 1");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/account/settings");
        await page.Field("Theme").SelectOptionAsync("calm");
        await page.Field("Density").SelectOptionAsync("compact");
        await page.PressAsync("Save");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-density", "compact");
        Desk desk = await Desk.StartAsync(browser, scene);
        await Assertions.Expect(desk.Context).ToBeVisibleAsync();
        ILocator focus = desk.Button("Focus");
        await focus.ClickAsync();
        await Assertions.Expect(focus).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(desk.Context).ToBeHiddenAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeHiddenAsync();

        // Nothing of the first browser's memory is here.
        await using IBrowserContext elsewhere = await console.BrowserAsync();
        IPage door = await elsewhere.NewPageAsync();
        await ConsoleFixture.SignInAsync(door, scene.People[0], Scene.Password);
        string document = await (await elsewhere.APIRequest.GetAsync("/review")).TextAsync();
        string html = document[document.IndexOf("<html", StringComparison.Ordinal)..(document.IndexOf("<head", StringComparison.Ordinal))];
        Assert.Contains("data-theme=\"calm\"", html, StringComparison.Ordinal);
        Assert.Contains("data-density=\"compact\"", html, StringComparison.Ordinal);
        Assert.Contains("data-focus-mode", html, StringComparison.Ordinal);
        IPage there = await elsewhere.OpenAsync("/review");
        await Assertions.Expect(there.Locator("html[data-theme=calm][data-density=compact][data-focus-mode]")).ToHaveCountAsync(1);
    }
}
