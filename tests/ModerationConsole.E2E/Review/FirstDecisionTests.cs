using System.Text.RegularExpressions;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

public sealed partial class FirstDecisionTests(ConsoleFixture console)
{
    [Fact]
    public async Task NewModerator_OfTheDemo_SignsInAndDecidesAFirstCaseByKeyboardAlone()
    {
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        Desk desk = new(page);
        await page.GotoAsync("/");

        await Assertions.Expect(page.GetByLabel("Email")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("moderator2@demo.local");
        await desk.PressAsync("Tab");
        await page.Keyboard.TypeAsync(ConsoleFixture.DemoPassword);
        await desk.PressAsync("Enter");
        await page.WaitForURLAsync("**/review**");
        await page.ReadyAsync();
        await TabToAsync(desk, desk.Button("Start reviewing"));
        await desk.PressAsync("Enter");
        long first = await desk.DrawnAsync();
        await desk.ChooseAsync("a", "Allow");
        await desk.PressAsync("Control+Enter");

        await Assertions.Expect(page.Status()).ToHaveTextAsync(Decided());
        await desk.DrawnAfterAsync(first);
    }

    private static async Task TabToAsync(Desk desk, ILocator target)
    {
        await target.WaitForAsync();
        for (int tabs = 0; tabs < 30 && !await target.EvaluateAsync<bool>("element => element === document.activeElement"); tabs++)
        {
            await desk.PressAsync("Tab");
        }

        await Assertions.Expect(target).ToBeFocusedAsync();
    }

    [GeneratedRegex("decided: allow")]
    private static partial Regex Decided();
}
