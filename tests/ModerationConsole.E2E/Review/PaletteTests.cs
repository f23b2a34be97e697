using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>Find or do anything, from anywhere.</summary>
public sealed class PaletteTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Palette_FromAnyPage_GoesToPagesCasesAndQueues_AndTakesABreak()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string item = await scene.PostAsync("A sentence about cormorants", author: $"{scene.Name}-author");
        long number = await NumberAsync(scene, item);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/policies");

        // Enter by habit does nothing.
        await OpenAsync(page);
        await page.Locator("#palette [role=option]").First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Field(page)).ToBeFocusedAsync();
        await page.AssertNothingSeriousAsync();
        await page.SetViewportSizeAsync(1440, 900);

        foreach (string words in (string[])[$"{number}", $"#{number}", item, $"{scene.Name}-author", "cormorants"])
        {
            await Field(page).FillAsync(words);
            await Assertions.Expect(page.Locator($"[role=option][data-entry='case {number}']")).ToHaveAttributeAsync("aria-selected", "true");
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/cases/{number}");
        // The tab names the page that was gone to, beside the product.
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex(". · Moderation console$"));

        await OpenAsync(page);
        await page.Keyboard.TypeAsync(scene.Queue.Name);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/review/{scene.Queue.Slug}");
        Desk desk = new(page);
        await desk.Button("Start reviewing").ClickAsync();
        await desk.DrawnAsync();
        await desk.Note.FillAsync("Half a note");
        await OpenAsync(page);
        await page.Keyboard.TypeAsync("break");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Heading("You are on a break")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Palette_ChildSafetyCase_IsNotFoundByAnything()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string item = await scene.PostAsync("A sentence about albatrosses");
        long number = await NumberAsync(scene, item);
        await scene.WriteAsync(async scope =>
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == number, CancellationToken.None)).Sensitivity = Sensitivity.ChildSafety);
        string lead = await scene.PersonAsync($"{scene.Name}-lead@e2e.local", Roles.Lead);
        await using IBrowserContext browser = await console.BrowserAsync(lead);
        IPage page = await browser.OpenAsync("/queues");
        await OpenAsync(page);

        foreach (string words in (string[])["albatrosses", item, $"#{number}"])
        {
            await Field(page).FillAsync(words);
            await Assertions.Expect(page.GetByText("Nothing by these words.")).ToBeVisibleAsync();
        }
    }

    private static ILocator Field(IPage page) => page.Locator("#palette [role=combobox]");

    private static async Task OpenAsync(IPage page)
    {
        // Its script comes a moment after the page: a key pressed before that is lost.
        await page.Locator("#palette[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(Field(page)).ToBeFocusedAsync();
    }

    private static Task<long> NumberAsync(Scene scene, string item) => scene.ReadAsync(db => (
        from about in db.Set<Case>()
        join version in db.Set<ItemVersion>() on about.ItemVersionId equals version.Id
        where version.ItemId == item
        select about.Number).SingleAsync(Cancel));
}
