using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>A sample that its reviewer hands on, and a decision that was corrected and found right after all.</summary>
public sealed class HandedOnSampleTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reviewer_AskingAboutASample_SeesWhatAnyoneSeesAndAThirdJudgesIt()
    {
        await using ConsoleApp app = SettledScene.Start();
        Scene scene = await Scene.SetAsync(app);
        await scene.WriteAsync(scope =>
        {
            scope.Db.Add(new CaseQueue { Name = "Experts", Slug = "experts", Kind = QueueKind.Expert });
            return Task.CompletedTask;
        });
        await scene.PostAsync("A joke, perhaps");
        await scene.DecideAsync(app, scene.People[0], Verdict.Violation);
        QualitySample sample = await scene.DrawAsync();

        await using (IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"{scene.Name}-q@e2e.local", Roles.QualityReviewer), app: app))
        {
            Desk desk = await Desk.StartAsync(browser, scene);
            Assert.Equal(sample.TaskNumber, await desk.DrawnAsync());
            await desk.Button("Escalate").ClickAsync();
            ILocator dialog = desk.Dialog("Ask an expert");
            await dialog.GetByLabel("Your question").FillAsync("Is this satire?");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Send question" }).ClickAsync();
            await Assertions.Expect(desk.Page.Status()).ToContainTextAsync("The question went to an expert.");
            await desk.Waiting.WaitForAsync();
        }

        Assert.False(await scene.ReadAsync(db => db.Set<Escalation>().AnyAsync(row => row.CaseNumber == sample.CaseNumber, Cancel)));
        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(row => row.Id == sample.Id && row.State == SampleState.Adjudicating, Cancel));
        await using IBrowserContext third = await console.BrowserAsync(await scene.PersonAsync($"{scene.Name}-l@e2e.local", Roles.Lead), app: app);
        Desk theirs = await Desk.StartAsync(third, scene);
        await theirs.DrawnAsync();
        ILocator question = theirs.Page.GetByRole(AriaRole.Region, new() { Name = "Someone asked instead of judging this" });
        await Assertions.Expect(question).ToContainTextAsync("Is this satire?");
        await Assertions.Expect(question).Not.ToContainTextAsync("Judgement");
        await theirs.Page.AssertNothingSeriousAsync();
        await theirs.Page.SetViewportSizeAsync(1440, 900);
        await theirs.AllowAsync();
        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(row => row.Id == sample.Id && row.State == SampleState.ToExplain && row.Scored, Cancel));
    }

    [Fact]
    public async Task Decision_CorrectedAndOverturned_IsInForceAgainAndItsPageSaysSo()
    {
        await using ConsoleApp app = SettledScene.Start();
        Scene scene = await Scene.SetAsync(app);
        await scene.PostAsync("A shop like any other");
        long number = await scene.DecideAsync(app, scene.People[0], Verdict.Violation);
        QualitySample sample = await scene.DrawAsync();
        await JudgeAsync(app, await scene.PersonAsync($"{scene.Name}-q@e2e.local", Roles.QualityReviewer), sample.TaskNumber, scene);
        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(row => row.Id == sample.Id && row.AdjudicationTask != null, Cancel));
        string first = await scene.PersonAsync($"{scene.Name}-first@e2e.local", Roles.Lead);
        long third = await scene.ReadAsync(db => db.Set<QualitySample>().Where(row => row.Id == sample.Id).Select(row => row.AdjudicationTask!.Value).SingleAsync(Cancel));
        await JudgeAsync(app, first, third, scene);
        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(row => row.Id == sample.Id && row.CorrectionId != null, Cancel));
        await app.Services.GetRequiredService<ExplainResult>().RunAsync(
            await CallerAsync(scene, first), new ResultExplanation(sample.Id, ErrorKind.FalsePositive, RootCause.Slip, "It is a quotation."), Cancel);
        await app.Services.GetRequiredService<OpenDispute>().RunAsync(await CallerAsync(scene, scene.People[0]), sample.Id, "Nobody is quoted here.", Cancel);
        Guid dispute = await scene.ReadAsync(db => db.Set<Dispute>().Select(row => row.Id).SingleAsync(Cancel));

        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"{scene.Name}-second@e2e.local", Roles.Lead), app: app);
        IPage page = await browser.OpenAsync($"/quality/disputes/{dispute}");
        await page.GetByText("the first decision takes its place again and the platform is told").WaitForAsync();
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^The decision was right") }).CheckAsync();
        await page.Field("Why").FillAsync("There is no quotation.");
        await page.PressAsync("Decide the dispute");
        await Assertions.Expect(page.Status()).ToHaveTextAsync($"Decided: the decision was right. It is in force again on case {number}, and the platform is told.");
        await page.GetByText("The first decision is in force again, and the platform is told what that changes.").WaitForAsync();
        await page.AssertNothingSeriousAsync();

        Decision inForce = await scene.ReadAsync(db => (
            from about in db.Set<Case>()
            join decision in db.Set<Decision>() on about.DecisionId equals decision.Id
            where about.Number == number
            select decision).SingleAsync(Cancel));
        Assert.Equal((Verdict.Violation, $"pol_{scene.Name}", $"act_{scene.Name}"), (inForce.Verdict, inForce.PolicyId, inForce.Actions));
    }

    // Someone finds nothing wrong with it, without a page.
    private static async Task JudgeAsync(ConsoleApp app, string email, long task, Scene scene)
    {
        Caller person = await CallerAsync(scene, email);
        ClaimResult drawn = await app.Services.GetRequiredService<ClaimNextCase>().RunAsync(person, scene.Queue.Id, cancellationToken: Cancel);
        Assert.Equal(task, drawn.Task!.TaskNumber);
        DecideResult result = await app.Services.GetRequiredService<DecideCase>().RunAsync(person, new DecideCommand(task, drawn.Task.Fence, Verdict.Allow), Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
    }

    private static async Task<Caller> CallerAsync(Scene scene, string email) =>
        Caller.Person(await scene.ReadAsync(db => db.Users.Where(row => row.Email == email).Select(row => row.Id).SingleAsync(Cancel)));
}
