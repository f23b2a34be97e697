using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

public sealed class ReopenedCaseTests(ConsoleFixture console, Platform platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_OnAClosedCase_BringsItBackToTheDeskWithItsHistory()
    {
        Scene scene = await Scene.SetAsync(platform.App);
        string item = await scene.PostAsync("Harmless at first sight");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], app: platform.App);
        Desk desk = await Desk.StartAsync(browser, scene);
        string shown = (await desk.Case.GetAttributeAsync("data-case"))!;
        long number = long.Parse(shown, CultureInfo.InvariantCulture);
        Assert.Null(await desk.AllowAsync());
        await scene.UntilAsync(db => db.Set<Case>().AnyAsync(row => row.Number == number && row.State == CaseState.Closed, Cancel));

        await scene.ReportAsync(item, "Harmless at first sight", "It is a scam after all");

        await Assertions.Expect(desk.Case).ToHaveAttributeAsync("data-case", shown);
        await Assertions.Expect(desk.Case).ToContainTextAsync("It was decided before and came back with new evidence.");
        await Assertions.Expect(desk.Context).ToContainTextAsync("It is a scam after all");
        ILocator history = desk.Context.GetByRole(AriaRole.Listitem);
        foreach (string line in new[] { "Decided: allow", "Opened again with new evidence" })
        {
            await Assertions.Expect(history.Filter(new() { HasText = line })).ToHaveCountAsync(1);
        }
    }
}
