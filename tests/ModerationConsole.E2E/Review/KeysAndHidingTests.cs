using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

public sealed class KeysAndHidingTests(ConsoleFixture console)
{
    // Stands for a revealed picture: what is marked so is more than the blurred still.
    private const string ShowSomethingClear = """
        () => {
            const clear = Object.assign(document.createElement('figure'), { id: 'clear', textContent: 'clear' });
            clear.dataset.mediaClear = 'pinned';
            document.querySelector('[data-task]').append(clear);
        }
        """;

    [Fact]
    public async Task Escape_InsideATextField_HidesMediaAtOnceAndKeepsTheText()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.ChooseAsync("a", "Allow");
        await desk.Page.EvaluateAsync(ShowSomethingClear);
        ILocator clear = desk.Page.Locator("#clear");
        await Assertions.Expect(clear).ToBeVisibleAsync();
        await desk.Note.FillAsync("Half a sentence");

        // The server is not asked: with the line cut, it works all the same.
        await browser.SetOfflineAsync(true);
        await desk.PressAsync("Escape");

        await Assertions.Expect(clear).ToBeHiddenAsync();
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Half a sentence");
        await Assertions.Expect(desk.Note).ToBeFocusedAsync();
    }

    [Fact]
    public async Task LettersAndEnter_InsideATextField_AreTextAndSubmitNothing()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.ChooseAsync("a", "Allow");

        await desk.Note.FocusAsync();
        await desk.Page.Keyboard.TypeAsync("vesz");
        await desk.PressAsync("Enter");
        await desk.Page.Keyboard.TypeAsync("u");

        await Assertions.Expect(desk.Note).ToHaveValueAsync("vesz\nu");
        Assert.Equal(task, await desk.DrawnAsync());
        await Assertions.Expect(desk.Decision.GetByRole(AriaRole.Button, new() { Name = "Allow" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Submit_WithoutVerdictPolicyOrReason_SaysWhatIsMissing()
    {
        Scene scene = await Scene.SetAsync(console.App, shape: queue => queue.ReasonRequired = true);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        ILocator hint = desk.Decision.GetByRole(AriaRole.Alert);

        await desk.Submit.ClickAsync();
        await Assertions.Expect(hint).ToHaveTextAsync("Choose Allow or Violation first.");
        await desk.ChooseAsync("v", "Violation");
        await desk.PressAsync("Control+Enter");
        await Assertions.Expect(hint).ToHaveTextAsync("Name the policy first.");
        await desk.ChoosePolicyAsync();
        await desk.Reason.FillAsync("   ");
        await desk.PressAsync("Control+Enter");
        await Assertions.Expect(hint).ToHaveTextAsync("Write the reason for the user first.");
        await desk.Reason.FillAsync("It is spam");
        await desk.PressAsync("Control+Enter");
        await desk.Waiting.WaitForAsync();
    }
}
