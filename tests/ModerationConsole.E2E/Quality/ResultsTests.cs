using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.E2E.Support;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>A result on its way between three people: explained by one lead, disputed by the moderator, decided by another lead.</summary>
public sealed class ResultsTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Result_ExplainedDisputedAndOverturned_GoesBetweenThreePeopleWhoAreNotNamed()
    {
        Scene scene = await Scene.SetAsync(console.App);
        (string first, string second) = (await LeadAsync(scene, "first"), await LeadAsync(scene, "second"));
        Guid sample = await FoundWrongAsync(scene, first);
        await using IBrowserContext explaining = await console.BrowserAsync(first);
        await using IBrowserContext author = await console.BrowserAsync(scene.People[0]);
        await using IBrowserContext deciding = await console.BrowserAsync(second);

        // The lead who settled it finds it in the inbox and says why.
        IPage page = await explaining.OpenAsync("/inbox");
        await page.GetByRole(AriaRole.Link, new() { Name = "1 decision that you found wrong waits for your explanation" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Case ") }).ClickAsync();
        await Assertions.Expect(page.GetByText("Note of the Qa verdict")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(scene.Name);
        await page.ExpectRefusalAsync("Tell the author", "Choose the cause.");
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "A violation was missed" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Radio, new() { Name = "A violation was found where there is none" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "The policy was not known well enough" }).CheckAsync();
        await page.Field("What the author is told").FillAsync("It is a quotation.");
        await page.AssertNothingSeriousAsync();
        await page.PressAsync("Tell the author");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Nothing to explain" }).WaitForAsync();

        // The moderator sees it, which starts their days, and disputes it.
        IPage mine = await author.OpenAsync("/inbox");
        await mine.GetByRole(AriaRole.Link, new() { NameRegex = new("was judged again") }).ClickAsync();
        await mine.GetByText("It is a quotation.").WaitForAsync();
        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(row => row.Id == sample && row.SeenAt != null, Cancel));
        await mine.ExpectRefusalAsync("Send the dispute", "Say why the result is wrong.");
        await mine.Field("Why is the result wrong?").FillAsync("Nobody is quoted here.");
        await mine.AssertNothingSeriousAsync();
        await mine.PressAsync("Send the dispute");
        await Assertions.Expect(mine.Status()).ToHaveTextAsync("Your dispute is with someone who had no hand in it.");
        await Assertions.Expect(mine.GetByRole(AriaRole.Button, new() { Name = "Send the dispute" })).ToHaveCountAsync(0);
        await Assertions.Expect(mine.Locator("main")).Not.ToContainTextAsync(scene.Name);

        // Who settled it may read the dispute, not decide it.
        await page.GotoAsync("/quality/disputes");
        await page.ReadyAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Someone else decides" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByText("You had a hand in this result, so someone else decides.").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Decide the dispute" })).ToHaveCountAsync(0);

        // Another lead finds the decision right.
        Guid dispute = await scene.ReadAsync(db => db.Set<Dispute>().Where(row => row.SampleId == sample).Select(row => row.Id).SingleAsync(Cancel));
        IPage theirs = await deciding.OpenAsync($"/quality/disputes/{dispute}");
        await Assertions.Expect(theirs.GetByText("Nobody is quoted here.")).ToBeVisibleAsync();
        await Assertions.Expect(theirs.Locator("main")).Not.ToContainTextAsync(scene.Name);
        await theirs.ExpectRefusalAsync("Decide the dispute", "Choose what you find.");
        await theirs.GetByRole(AriaRole.Radio, new() { NameRegex = new("^The decision was right") }).CheckAsync();
        await theirs.Field("Why").FillAsync("There is no quotation.");
        await theirs.AssertNothingSeriousAsync();
        await theirs.PressAsync("Decide the dispute");
        await Assertions.Expect(theirs.Status()).ToHaveTextAsync("Decided: the decision was right. The author is told.");

        await mine.GotoAsync("/inbox");
        await mine.ReadyAsync();
        await mine.GetByRole(AriaRole.Link, new() { NameRegex = new("^Your dispute about case") }).ClickAsync();
        await mine.GetByText("Your dispute was accepted: your decision was right.").WaitForAsync();
        await mine.GetByRole(AriaRole.Link, new() { Name = "To my results" }).ClickAsync();
        await mine.GetByText("1 decision of yours was judged again: 1 right, 0 wrong, 0 counted neither way.").WaitForAsync();
    }

    [Fact]
    public async Task Result_OpenedBehindOtherPages_IsNotSeenUntilItComesToTheFront()
    {
        Scene scene = await Scene.SetAsync(console.App);
        Guid sample = await FoundWrongAsync(scene, await LeadAsync(scene, "first"));
        await scene.WriteAsync(async scope =>
            (await scope.Db.Set<QualitySample>().SingleAsync(row => row.Id == sample)).Explain(ErrorKind.FalsePositive, RootCause.Slip, "It is a quotation.", scope.Now));
        await using IBrowserContext author = await console.BrowserAsync(scene.People[0]);
        await author.AddInitScriptAsync("Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => window.inFront ? 'visible' : 'hidden' });");
        IPage page = await author.OpenAsync($"/quality/results/{sample}");
        await page.GetByText("It is a quotation.").WaitForAsync();
        // The list is read over the same circuit, after what the page says of itself.
        await page.GetByRole(AriaRole.Link, new() { Name = "To my results" }).ClickAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "New" }).First.WaitForAsync();
        Assert.Null(await SeenAsync(scene, sample));

        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Case ") }).ClickAsync();
        await page.GetByText("It is a quotation.").WaitForAsync();
        await page.EvaluateAsync("() => { window.inFront = true; document.dispatchEvent(new Event('visibilitychange')); }");

        await page.Field("Why is the result wrong?").WaitForAsync();
        Assert.NotNull(await SeenAsync(scene, sample));
    }

    [Fact]
    public async Task Coaching_FromTheCasePage_IsReadByOnePersonAndReceipted()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string lead = await LeadAsync(scene, "lead");
        await FoundWrongAsync(scene, lead);
        long number = (await scene.TasksAsync())[0].CaseNumber;
        await using IBrowserContext leading = await console.BrowserAsync(lead);
        await using IBrowserContext reading = await console.BrowserAsync(scene.People[0]);

        IPage page = await leading.OpenAsync($"/cases/{number}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Coach with this case" }).ClickAsync();
        await page.Field("Who gets it").WaitForAsync();
        await Assertions.Expect(page.Field("Who gets it").Locator("option:checked")).ToHaveTextAsync(scene.People[0].Split('@')[0]);
        await page.ExpectRefusalAsync("Send", "Write a note.");
        await page.Field("Your note").FillAsync("Look at the second line.");
        await page.AssertNothingSeriousAsync();
        await page.PressAsync("Send");
        await page.GetByText("Not read yet").WaitForAsync();

        IPage theirs = await reading.OpenAsync("/inbox");
        await theirs.GetByRole(AriaRole.Link, new() { NameRegex = new("^A note for you about case") }).ClickAsync();
        await theirs.GetByText("Look at the second line.").WaitForAsync();
        await theirs.AssertNothingSeriousAsync();
        await scene.UntilAsync(db => db.Set<CoachingNote>().AnyAsync(row => row.CaseNumber == number && row.ReadAt != null, Cancel));

        await page.ReloadAsync();
        await page.ReadyAsync();
        await page.GetByText("Read just now").WaitForAsync();
        await Assertions.Expect(page.GetByText("Not read yet")).ToHaveCountAsync(0);
    }

    private static Task<DateTimeOffset?> SeenAsync(Scene scene, Guid sample) =>
        scene.ReadAsync(db => db.Set<QualitySample>().Where(row => row.Id == sample).Select(row => row.SeenAt).SingleAsync(Cancel));

    // Names hold nothing by which the pages could give them away, but for the corner's own name.
    private static Task<string> LeadAsync(Scene scene, string name) => scene.PersonAsync($"{scene.Name}-{name}@e2e.local", Roles.Lead);

    // The moderator finds a violation at the desk; a reviewer and the lead find none.
    private async Task<Guid> FoundWrongAsync(Scene scene, string lead)
    {
        await scene.PostAsync("As they say: cheap followers here");
        string reviewer = await scene.PersonAsync($"{scene.Name}-reviewer@e2e.local", Roles.QualityReviewer);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        Assert.Null(await desk.FindViolationAsync());
        long task = (await scene.TasksAsync())[0].Number;
        Guid sample = Guid.Empty;
        await scene.WriteAsync(async scope =>
        {
            Decision decision = await scope.Db.Set<Decision>().SingleAsync(row => row.TaskNumber == task);
            Guid[] people = [.. await scope.Db.Users.Where(user => user.Email == lead || user.Email == reviewer).OrderBy(user => user.Email == lead).Select(user => user.Id).ToListAsync()];
            sample = (await scope.FoundWrongAsync(decision, people[0], people[1], Verdict.Allow)).Id;
        });
        return sample;
    }
}
