using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>A lead and two moderators: the same five cases, secret votes, then all of them on the table.</summary>
public sealed class CalibrationTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_OfALeadAndTwoModerators_KeepsVotesSecretUntilTheyAreShownToAll()
    {
        await using ConsoleApp app = SettledScene.Start();
        Scene scene = await Scene.SetAsync(app, moderators: 3);
        List<long> numbers = [];
        for (int post = 1; post <= CalibrationSession.FewestCases; post++)
        {
            await scene.PostAsync($"Post {post} of {scene.Name}");
            numbers.Add(await scene.DecideAsync(app, scene.People[2], Verdict.Allow));
        }

        // The lead asks for votes.
        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead), app: app);
        IPage page = await leads.OpenAsync("/quality/calibration/new");
        await page.Field("Name").FillAsync("Spam in May");
        await page.Field("Case numbers").FillAsync(string.Join('\n', numbers.Take(4)));
        await page.GetByLabel(Name(scene, 0), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Name(scene, 1), new() { Exact = true }).CheckAsync();
        await page.ExpectRefusalAsync("Save", "5 to 20 different cases");
        await page.Field("Case numbers").FillAsync(string.Join('\n', numbers));
        await page.PressAsync("Save");
        await page.PressAsync("Ask for votes");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("0 of 10 votes are in.");

        // Both vote, each on their own.
        await using IBrowserContext first = await console.BrowserAsync(scene.People[0], app: app);
        await using IBrowserContext second = await console.BrowserAsync(scene.People[1], app: app);
        await Task.WhenAll(VoteAsync(first, scene, "vvaav"), VoteAsync(second, scene, "vvaaa"));

        await page.ReloadAsync();
        await page.ReadyAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("10 of 10 votes are in.");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Violation");
        IPage theirs = await second.OpenAsync(new Uri(page.Url).AbsolutePath);
        await Assertions.Expect(theirs.Locator("main")).ToContainTextAsync("Your votes are in.");
        await Assertions.Expect(theirs.Locator("main")).Not.ToContainTextAsync("Violation");

        // All see all of them, and talk.
        await page.PressAsync("Show the votes");
        await Assertions.Expect(page.Row($"Case {numbers[4]}")).ToContainTextAsync("Violation: Spam");
        await Assertions.Expect(page.Row("Two people agree")).ToContainTextAsync("0.80");
        await Assertions.Expect(page.Row("Krippendorff's alpha")).ToContainTextAsync("0.64");
        await page.Field($"Notes on case {numbers[4]}").FillAsync("Satire is allowed.");
        await page.PressAsync("Save notes");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Notes saved");
        await theirs.ReloadAsync();
        await theirs.ReadyAsync();
        await Assertions.Expect(theirs.Row($"Case {numbers[4]}")).ToContainTextAsync("Violation: Spam");
        await Assertions.Expect(theirs.Locator("main")).ToContainTextAsync("Satire is allowed.");
        await page.PressAsync("Close");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Spam in May: Closed");
        Assert.Equal(0, await scene.ReadAsync(db => db.Set<EnforcementAction>().CountAsync(row => row.CaseNumber != null && numbers.Contains(row.CaseNumber.Value), Cancel)));
    }

    private static string Name(Scene scene, int person) => scene.People[person].Split('@')[0];

    private static async Task VoteAsync(IBrowserContext browser, Scene scene, string verdicts)
    {
        Desk desk = await Desk.StartAsync(browser, scene);
        foreach (char verdict in verdicts)
        {
            long task = await desk.DrawnAsync();
            await (verdict == 'v' ? desk.ChooseViolationAsync() : desk.ChooseAsync("a", "Allow"));
            await desk.SubmitAsync(task);
        }

        await desk.Waiting.WaitForAsync();
    }
}
