using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Escalations;

/// <summary>A moderator who asks, an expert who rules and publishes, and another moderator who is offered it, until the policy changes.</summary>
public sealed class PrecedentJourneyTests(ConsoleFixture console, Platform platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ruling_PublishedAsPrecedent_IsOfferedWithWhyUntilThePolicyChangesAndOnceItIsConfirmed()
    {
        Scene scene = await Scene.SetAsync(platform.App, moderators: 2);
        (string expert, _) = await EscalationJourneyTests.ExpertsAsync(scene);
        string satire = $"Tonight in {scene.Name} our beloved mayor sells the town hall clock for three goats and a bicycle";
        await scene.PostAsync(satire);
        await using IBrowserContext asking = await console.BrowserAsync(scene.People[0], app: platform.App);
        await using IBrowserContext ruling = await console.BrowserAsync(expert, app: platform.App);
        await using IBrowserContext judging = await console.BrowserAsync(scene.People[1], app: platform.App);

        // One moderator asks, the expert rules.
        Desk desk = await Desk.StartAsync(asking, scene);
        long task = await desk.DrawnAsync();
        await desk.Button("Escalate").ClickAsync();
        ILocator dialog = desk.Dialog("Ask an expert");
        await dialog.GetByLabel("Your question").FillAsync("Is this satire?");
        await dialog.GetByLabel("To", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = expert.Split('@')[0] });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send question" }).ClickAsync();
        await Assertions.Expect(desk.Page.Status()).ToContainTextAsync("The question went to an expert.");
        Escalation asked = await scene.ReadAsync(db => db.Set<Escalation>().SingleAsync(row => row.FromTask == task, Cancel));
        Desk bench = await EscalationJourneyTests.ExpertDeskAsync(ruling, QueueKind.Expert, scene);
        Assert.Equal(asked.ExpertTask, await bench.DrawnAsync());
        await bench.ChooseAsync("a", "Allow");
        await bench.Page.GetByLabel("Rationale").FillAsync("Satire by its form");
        await bench.PressAsync("Control+Enter");
        await scene.UntilAsync(db => db.Set<Escalation>().AnyAsync(row => row.Id == asked.Id && row.DecisionId != null, Cancel));

        // The ruling is published from its page, in the expert's own words: only the rationale stands there already.
        IPage page = await ruling.OpenAsync($"/escalations/{asked.ExpertTask}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Publish as precedent" }).ClickAsync();
        await page.Field("Title").WaitForAsync();
        Assert.Equal("Satire by its form", await page.Field("Reasoning").InputValueAsync());
        Assert.Equal("", await page.Field("Facts").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as precedent" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say what holds.");
        await page.AssertNothingSeriousAsync();
        await page.SetViewportSizeAsync(1440, 900);
        await page.GetByLabel("Policy", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Value = $"pol_{scene.Name}" });
        string title = $"Impossible sales, {scene.Name}";
        await page.Field("Title").FillAsync(title);
        await page.Field("Rule").FillAsync("Satire of officials is <b>allowed</b>.");
        await page.Field("Facts").FillAsync("A comic offer of municipal furniture.");
        await page.GetByLabel("Tags").FillAsync("satire, officials");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as precedent" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = title }).WaitForAsync();
        string address = new Uri(page.Url).PathAndQuery;
        // Who asked goes on a break: what comes now is for another.
        await desk.Button("Take a break").ClickAsync();
        await desk.Heading("You are on a break").WaitForAsync();

        // Another moderator gets a similar case: title, rule, outcome and why at a glance; it opens where it stands, by keyboard.
        await scene.PostAsync(satire, author: "u-2");
        Desk other = await Desk.StartAsync(judging, scene);
        await other.DrawnAsync();
        ILocator offer = Near(other).Filter(new() { HasText = title });
        await Assertions.Expect(offer).ToContainTextAsync("Satire of officials is <b>allowed</b>.");
        await Assertions.Expect(offer).ToContainTextAsync("Allow");
        await Assertions.Expect(offer).ToContainTextAsync("Same text");
        // Naming a case would tell work from what tests it.
        await Assertions.Expect(offer).Not.ToContainTextAsync("as case");
        await offer.Locator("summary").FocusAsync();
        await other.PressAsync("Enter");
        await Assertions.Expect(offer.GetByText("A comic offer of municipal furniture.")).ToBeVisibleAsync();
        await Assertions.Expect(offer.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex($"^{address[1..]}\\?"));

        // The policy changes: who wrote it is told, the page says so, and it is offered no more.
        IPage policy = await ruling.OpenAsync($"/policies/pol_{scene.Name}/edit");
        await policy.Field("Text").FillAsync("Satire names its target.");
        await Policies.PolicyVersionTests.PublishAsync(policy);
        await scene.UntilAsync(db => db.Set<Core.Escalations.Precedents.Precedent>().AnyAsync(row => row.RulingNumber == asked.ExpertTask && row.State == Core.Escalations.Precedents.PrecedentState.Superseded, Cancel));
        await scene.PostAsync(satire);
        Assert.NotNull(await other.AllowAsync());
        await Assertions.Expect(other.Context.GetByText("No precedent is near this case.").Or(Near(other).First)).ToBeVisibleAsync();
        await Assertions.Expect(Near(other).Filter(new() { HasText = title })).ToHaveCountAsync(0);
        IPage inbox = await ruling.OpenAsync("/inbox");
        await inbox.GetByRole(AriaRole.Link, new() { NameRegex = new("^The policy .* has changed") }).ClickAsync();
        ILocator row = inbox.GetByRole(AriaRole.Row).Filter(new() { HasText = title });
        await Assertions.Expect(row).ToContainTextAsync("Written for version 1, the policy has changed since");
        await row.GetByRole(AriaRole.Link).ClickAsync();

        // An expert confirms it with one press; the next similar case shows it again.
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Confirm for version 2" }).ClickAsync();
        await Assertions.Expect(inbox.GetByRole(AriaRole.Button, new() { Name = "Confirm for version 2" })).ToHaveCountAsync(0);
        await scene.PostAsync(satire);
        Assert.NotNull(await other.AllowAsync());
        await Assertions.Expect(Near(other).Filter(new() { HasText = title })).ToHaveCountAsync(1);
    }

    private static ILocator Near(Desk desk) => desk.Context.Locator("details.near-one");
}
