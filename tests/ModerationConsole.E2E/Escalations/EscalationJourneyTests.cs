using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Escalations;

/// <summary>A moderator, an expert and a second one: a question from the desk to its ruling, and an emergency from its alarm to the record.</summary>
public sealed class EscalationJourneyTests(ConsoleFixture console, Platform platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_ToAnExpertByName_IsTalkedOverRuledAndReadByItsAsker()
    {
        Scene scene = await Scene.SetAsync(platform.App);
        (string expert, string second) = await ExpertsAsync(scene);
        await scene.PostAsync("A hard one");
        await using IBrowserContext asking = await console.BrowserAsync(scene.People[0], app: platform.App);
        await using IBrowserContext ruling = await console.BrowserAsync(expert, app: platform.App);
        await using IBrowserContext advising = await console.BrowserAsync(second, app: platform.App);
        Desk desk = await Desk.StartAsync(asking, scene);
        long task = await desk.DrawnAsync();

        // From the desk: to whom, what, how pressing.
        await desk.Button("Escalate").ClickAsync();
        ILocator dialog = desk.Dialog("Ask an expert");
        await dialog.GetByLabel("Your question").FillAsync("Is <b>this</b> satire?");
        await dialog.GetByLabel("To", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = expert.Split('@')[0] });
        await dialog.GetByLabel("Urgent", new() { Exact = false }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send question" }).ClickAsync();
        await Assertions.Expect(desk.Page.Status()).ToContainTextAsync("The question went to an expert.");
        Escalation asked = await scene.ReadAsync(db => db.Set<Escalation>().SingleAsync(row => row.FromTask == task, Cancel));
        string address = $"/escalations/{asked.ExpertTask}";

        // The one it was put to is told, finds it in the list, and takes it; another is offered nothing.
        IPage list = await ruling.OpenAsync("/escalations?side=ToAnswer");
        await Assertions.Expect(list.GetByRole(AriaRole.Row).Filter(new() { HasText = "Is <b>this</b> satire?" })).ToContainTextAsync("Urgent");
        Desk others = await ExpertDeskAsync(advising, QueueKind.Expert, scene);
        await others.Waiting.WaitForAsync();
        Desk bench = await ExpertDeskAsync(ruling, QueueKind.Expert, scene);
        Assert.Equal(asked.ExpertTask, await bench.DrawnAsync());

        // They talk: each side sees the other's words without reloading.
        await bench.Context.GetByLabel("Your message").FillAsync("Who speaks here?");
        await bench.Context.GetByRole(AriaRole.Button, new() { Name = "Send message" }).ClickAsync();
        IPage inbox = await asking.OpenAsync("/inbox");
        await inbox.GetByRole(AriaRole.Link, new() { NameRegex = new("^New messages about question") }).ClickAsync();
        await inbox.GetByRole(AriaRole.Log).GetByText("Who speaks here?").WaitForAsync();
        await inbox.GetByLabel("Your message").FillAsync("A comedian, on stage");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Send message" }).ClickAsync();
        await bench.Context.GetByText("A comedian, on stage").WaitForAsync();

        // A second opinion, while the same one rules.
        await bench.Context.GetByText("Ask for an opinion").ClickAsync();
        ILocator whom = bench.Context.GetByLabel("Ask another expert");
        await Assertions.Expect(whom.Locator("option")).Not.ToHaveCountAsync(1);
        await whom.SelectOptionAsync(new SelectOptionValue { Label = second.Split('@')[0] });
        await bench.Context.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        IPage opinion = await advising.OpenAsync("/inbox");
        await opinion.GetByRole(AriaRole.Link, new() { NameRegex = new("^An expert asks for your opinion") }).ClickAsync();
        await opinion.GetByLabel("Your message").FillAsync("I would allow it");
        await opinion.GetByRole(AriaRole.Button, new() { Name = "Send message" }).ClickAsync();
        await bench.Context.GetByText("I would allow it").WaitForAsync();
        await bench.Page.AssertNothingSeriousAsync();
        await bench.Page.SetViewportSizeAsync(1440, 900);

        // The ruling and why reach the asker's open page.
        await bench.ChooseAsync("a", "Allow");
        await bench.Page.GetByLabel("Rationale").FillAsync("Satire by its form, see 1.1");
        await bench.PressAsync("Control+Enter");
        await Assertions.Expect(inbox.GetByRole(AriaRole.Heading, new() { Name = "Ruling", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(inbox.GetByText("Satire by its form, see 1.1")).ToBeVisibleAsync();
        await Assertions.Expect(inbox.GetByLabel("Your message")).ToHaveCountAsync(0);
        Assert.EndsWith(address, inbox.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emergency_Raised_RingsWithinTwoSecondsAndKeepsItsRecord()
    {
        Scene scene = await Scene.SetAsync(platform.App);
        (string expert, string _) = await ExpertsAsync(scene);
        await scene.PostAsync("Tonight at eight");
        await using IBrowserContext asking = await console.BrowserAsync(scene.People[0], app: platform.App);
        await using IBrowserContext ruling = await console.BrowserAsync(expert, app: platform.App);
        Desk desk = await Desk.StartAsync(asking, scene);
        long task = await desk.DrawnAsync();
        DateTimeOffset rung = default;
        platform.OnCall.Answer = (_, _) =>
        {
            rung = rung == default ? TimeProvider.System.GetUtcNow() : rung;
            return Task.CompletedTask;
        };

        await desk.Button("Emergency").ClickAsync();
        ILocator dialog = desk.Dialog("Raise an emergency");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("A named person, tonight");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Raise emergency" }).ClickAsync();
        await desk.Waiting.WaitForAsync();
        Escalation raised = await scene.ReadAsync(db => db.Set<Escalation>().SingleAsync(row => row.FromTask == task, Cancel));
        ReceivedCall call = (await platform.OnCall.UntilAsync(calls => calls.Any(one => About(one) == raised.ExpertTask))).First(one => About(one) == raised.ExpertTask);

        Assert.InRange(rung - raised.AskedAt, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        platform.AssertSigned(call);
        Assert.DoesNotContain("named person", System.Text.Encoding.UTF8.GetString(call.Body), StringComparison.Ordinal);
        await scene.UntilAsync(db => db.Set<OnCallAlert>().AnyAsync(row => row.EscalationId == raised.Id && row.State == AlertState.Accepted, Cancel));

        // The expert is led there by the inbox; the page says who was alerted, and keeps which authority was told.
        IPage page = await ruling.OpenAsync("/inbox");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Emergency .* was raised$") }).ClickAsync();
        await Assertions.Expect(page.GetByText("on-call's receiver took it after")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("nobody has taken it yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have seen this" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Seen by")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "I have seen this" })).ToHaveCountAsync(0);
        await page.GetByText("Write down an authority that was told").ClickAsync();
        await page.AssertNothingSeriousAsync();
        await page.GetByLabel("Which authority").FillAsync("Police, duty desk");
        await page.GetByLabel("Reference number").FillAsync("PV-17");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to the record" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "PV-17" })).ToContainTextAsync("Police, duty desk");

        // What is decided waits for nothing.
        Desk bench = await ExpertDeskAsync(ruling, QueueKind.Emergency, scene);
        Assert.Equal(raised.ExpertTask, await bench.DrawnAsync());
        await Assertions.Expect(page.GetByText("an expert took it after")).ToBeVisibleAsync();
        await bench.ChooseAsync("a", "Allow");
        await Assertions.Expect(bench.Decision).ToContainTextAsync("at once", new() { IgnoreCase = true });
        await bench.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ruling", Exact = true })).ToBeVisibleAsync();
        Core.Decisions.Decision decided = await scene.ReadAsync(db => db.Set<Core.Decisions.Decision>().SingleAsync(row => row.TaskNumber == raised.ExpertTask, Cancel));
        Assert.Equal(decided.DecidedAt, decided.UndoUntil);
    }

    private static long About(ReceivedCall call) => JsonDocument.Parse(call.Body).RootElement.GetProperty("emergency").GetInt64();

    // Two people who may rule and work the queues of questions and of emergencies.
    internal static async Task<(string First, string Second)> ExpertsAsync(Scene scene)
    {
        string first = await scene.PersonAsync($"{scene.Name}-expert@e2e.local", Roles.PolicyExpert);
        string second = await scene.PersonAsync($"{scene.Name}-second@e2e.local", Roles.PolicyExpert);
        CancellationToken cancel = Cancel;
        await scene.WriteAsync(async scope =>
        {
            Guid[] queues = [(await scope.QueueOfKindAsync(QueueKind.Expert, cancel)).Id, (await scope.QueueOfKindAsync(QueueKind.Emergency, cancel)).Id];
            string[] names = [first.Split('@')[0], second.Split('@')[0]];
            List<Guid> people = await scope.Db.Set<Moderator>().Where(row => names.Contains(row.DisplayName)).Select(row => row.Id).ToListAsync(cancel);
            scope.Db.AddRange(queues.SelectMany(queue => people.Select(person => new QueueAccess { QueueId = queue, PersonId = person })));
        });
        return (first, second);
    }

    internal static async Task<Desk> ExpertDeskAsync(IBrowserContext browser, QueueKind kind, Scene scene)
    {
        string slug = await scene.ReadAsync(db => db.Set<CaseQueue>().Where(row => row.Kind == kind && !row.Archived).OrderBy(row => row.Name).Select(row => row.Slug).FirstAsync(Cancel));
        Desk desk = new(await browser.OpenAsync($"/review/{slug}"));
        await desk.Button("Start reviewing").ClickAsync();
        return desk;
    }
}
