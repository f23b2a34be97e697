using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>Two nodes on one PostgreSQL behind nginx: when the server is away or the node of a moderator's page dies, nothing typed is lost.</summary>
public sealed class DeadNodeTests(ConsoleFixture console, TwoNodes nodes) : IClassFixture<TwoNodes>
{
    // What the page was told of its connection, kept over its reload.
    private const string WatchConnection = """
        () => {
            window.before = true;
            const dialog = document.getElementById('components-reconnect-modal');
            new MutationObserver(() => sessionStorage.setItem('seen', `${sessionStorage.getItem('seen') ?? ''} ${dialog.className}`))
                .observe(dialog, { attributeFilter: ['class'] });
        }
        """;

    [Fact]
    public async Task NodeOfThePageKilled_WhileTextIsTyped_BringsBackDraftAndCaseAtTheOther()
    {
        await using IBrowserContext browser = await console.BrowserAsync(address: await nodes.AddressAsync());
        (Desk desk, long task) = await ReviewAsync(browser, "moderator@demo.local");
        IPage page = desk.Page;
        await page.EvaluateAsync(WatchConnection);
        string serving = await nodes.AnsweredAsync();

        await desk.Note.PressSequentiallyAsync(", and this was not yet");
        await nodes.KillAsync(serving);

        await page.WaitForFunctionAsync("() => window.before === undefined", null, new() { Timeout = 60_000 });
        await page.Locator($"body[data-circuit=ready] .desk[data-keys='{task}']").WaitForAsync();
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Saved on the server, and this was not yet");
        await Assertions.Expect(desk.Button("Violation")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(desk.Decision.Locator("[data-pinned='1']")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Contains("components-reconnect-rejected", await page.EvaluateAsync<string>("() => sessionStorage.getItem('seen')"), StringComparison.Ordinal);
        Assert.NotEqual(serving, await nodes.AnsweredAsync());

        // The lease came back with it: the case is decided here and the next is drawn.
        Assert.NotNull(await desk.SubmitAsync(task));
    }

    [Fact]
    public async Task DatabaseAway_IsSaidBesideTheCase_AndWhatWasTypedMeanwhileIsSavedOnceItIsBack()
    {
        await using IBrowserContext browser = await console.BrowserAsync(address: await nodes.AddressAsync());
        (Desk desk, long task) = await ReviewAsync(browser, "moderator2@demo.local");
        IPage page = desk.Page;
        ILocator banner = page.GetByText("Saving is delayed.");

        await nodes.Database.StopAsync();
        try
        {
            await banner.WaitForAsync();
            LocatorBoundingBoxResult said = (await page.Locator(".node-banner p").BoundingBoxAsync())!;
            LocatorBoundingBoxResult shown = (await desk.Case.BoundingBoxAsync())!;
            Assert.True(said.Y + said.Height <= shown.Y, "The banner lies over the case.");
            await desk.Note.PressSequentiallyAsync(", and this while it was away");
            await Assertions.Expect(page.GetByText("Not saved. Your text stands on this page.")).ToBeVisibleAsync();
        }
        finally
        {
            await nodes.Database.StartAsync();
        }

        await Assertions.Expect(banner).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByText("All text saved")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => sessionStorage.clear()");
        await page.ReloadAsync();
        await page.Locator($".desk[data-keys='{task}']").WaitForAsync();
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Saved on the server, and this while it was away");
    }

    private static async Task<(Desk Desk, long Task)> ReviewAsync(IBrowserContext browser, string person)
    {
        IPage page = await browser.NewPageAsync();
        await ConsoleFixture.SignInAsync(page, person, ConsoleFixture.DemoPassword);
        await page.GotoAsync("/review");
        await page.ReadyAsync();
        Desk desk = new(page);
        await desk.Button("Start reviewing").ClickAsync();
        long task = await desk.DrawnAsync();
        await desk.ChooseViolationAsync();
        await desk.Note.FillAsync("Saved on the server");
        await Assertions.Expect(page.GetByText("All text saved")).ToBeVisibleAsync();
        return (desk, task);
    }
}
