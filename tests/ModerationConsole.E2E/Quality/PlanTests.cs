using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>On a console of its own: a plan that draws puts work into every queue.</summary>
public sealed class PlanTests(ConsoleFixture console, PlanTests.Own own) : IClassFixture<PlanTests.Own>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_MadeLookedAtAndActivated_DrawsADecisionThatThenStandsUnderSamples()
    {
        Scene scene = await Scene.SetAsync(own.App);
        string lead = await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead);
        await scene.PostAsync($"first of {scene.Name}");
        await scene.PostAsync($"second of {scene.Name}");
        await using IBrowserContext moderators = await console.BrowserAsync(scene.People[0], app: own.App);
        Desk desk = await Desk.StartAsync(moderators, scene);
        await desk.AllowAsync();

        await using IBrowserContext leads = await console.BrowserAsync(lead, app: own.App);
        IPage page = await leads.OpenAsync("/quality/plans");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No sampling plan yet" })).ToBeVisibleAsync();
        await MakeAsync(page, scene.Name);
        await Assertions.Expect(page.Status()).ToContainTextAsync($"“New people of {scene.Name}” draws from now on.");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "End this plan" })).ToBeVisibleAsync();

        await desk.AllowAsync();
        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(Cancel));
        await page.GetByRole(AriaRole.Link, new() { Name = "Samples", Exact = true }).ClickAsync();

        // The decision that was made before the plan was active is not there; the one after it waits, unnamed.
        ILocator rows = page.GetByRole(AriaRole.Row);
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("Kept back until judged");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("100 %");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("To be judged");
        await Assertions.Expect(page.GetByText(scene.People[0].Split('@')[0], new() { Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Settled" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing fits these filters.")).ToBeVisibleAsync();
        ReviewTask task = Assert.Single(await scene.TasksAsync(), task => task.Kind == TaskKind.Qa);
        Assert.Equal(TaskState.Waiting, task.State);
        // Its author is not offered it.
        await Assertions.Expect(desk.Waiting).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Settings_OutOfBounds_AreRefusedInWordsThenStored()
    {
        Scene scene = await Scene.SetAsync(own.App);
        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead), app: own.App);
        IPage page = await leads.OpenAsync("/quality/settings");

        await page.Field("Golden cases for each 100 decisions").FillAsync("30");
        await page.ExpectRefusalAsync("Save", "Golden cases lie between 0 and 20 for each 100 decisions.");
        await page.Field("Golden cases for each 100 decisions").FillAsync("4");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Spam" }).First.GetByRole(AriaRole.Spinbutton).FillAsync("7.5");
        await page.PressAsync("Save");

        await Assertions.Expect(page.Status()).ToContainTextAsync("Saved.");
        Assert.Equal(0.04, (await scene.ReadAsync(db => db.Set<Core.Quality.QualitySettings>().SingleAsync(Cancel))).GoldenRate, 6);
        Assert.Equal(7.5, (await scene.ReadAsync(db => db.Set<Core.Quality.QualityWeight>().SingleAsync(Cancel))).Weight);
    }

    // All decisions of people who are new: refused while too little of it is random, and with the rate that was proposed not.
    private static async Task MakeAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "New sampling plan" }).ClickAsync();
        await page.ExpectRefusalAsync("Save draft", "A name is needed");
        await page.Field("Name").FillAsync($"New people of {name}");
        await page.PressAsync("Add a stratum");
        await page.Field("Stratum").FillAsync("New here");
        await page.Field("Rate, percent").FillAsync("100");
        await page.ExpectRefusalAsync("Save draft", "This stratum has no condition");
        await page.GetByLabel("Here for fewer days than").FillAsync("28");
        await page.ExpectRefusalAsync("Save and activate", "A random share of 30 % does.");
        await page.PressAsync("Use 30 %");
        ILocator preview = page.GetByRole(AriaRole.Region, new() { Name = "What it would draw" });
        await Assertions.Expect(preview).ToContainTextAsync("About 0.3 samples of 0.3 decisions a week");
        await Assertions.Expect(preview.GetByRole(AriaRole.Button, new() { Name = "Use 30 %" })).ToHaveCountAsync(0);
        await page.PressAsync("Save and activate");
    }

    public sealed class Own : IAsyncLifetime
    {
        public ConsoleApp App { get; } = new(new() { ["Demo:Enabled"] = "false", ["Enforcement:UndoSeconds"] = "0" });

        public ValueTask InitializeAsync()
        {
            App.StartServer();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
