using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Appeals;

/// <summary>Three people: one decides, one hears the appeal without knowing who did, one sees it among the figures.</summary>
public sealed class AppealJourneyTests(ConsoleFixture console, Platform platform)
{
    private const string Words = "A shop like any other";
    private const string Plea = "It was a joke among friends";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appeal_Accepted_SendsOneReversalAndItsResultCorrectsStrikesAndReporterAndShowsAsAnOverturn()
    {
        Scene scene = await Scene.SetAsync(platform.App, webhook: platform.Receiver.Url);
        string judge = await scene.PersonAsync($"{scene.Name}-j@e2e.local", Roles.PolicyExpert);
        string lead = await scene.PersonAsync($"{scene.Name}-l@e2e.local", Roles.Lead);
        CaseQueue appeals = await AppealsQueueAsync(scene, judge);
        string account = $"u-{scene.Name}";
        string reporter = $"r-{scene.Name}";
        string post = await scene.PostAsync(Words, author: account);
        await scene.ReportAsync(post, Words, "spam", account, reporter: reporter);
        await DecideAsync(scene);
        await platform.Receiver.UntilAsync(calls => calls.Count(call => Says(call, $"\"act_{scene.Name}\"")) == 1);

        Assert.Equal(204, await scene.AppealAsync(post, Words, Plea, account));
        await AccountsAsync(lead, account, "2 strikes, from 1 violation", reporter, "1 of 1 upheld");
        Appeal appeal = await scene.ReadAsync(db => db.Set<Appeal>().SingleAsync(row => row.ItemId == post, Cancel));
        await HearAsync(scene, judge, appeals, appeal);

        await platform.Receiver.UntilAsync(calls => calls.Any(call => Says(call, appeal.ExternalId)));
        await platform.Receiver.UntilAsync(calls => calls.Any(call => Says(call, $"\"undo_{scene.Name}\"")));
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
        Assert.Single(platform.Receiver.Calls, call => Says(call, $"\"undo_{scene.Name}\""));
        ReceivedCall result = Assert.Single(platform.Receiver.Calls, call => Says(call, appeal.ExternalId));
        Assert.True(Says(result, "\"appealDecision\":\"ACCEPT\""));
        platform.AssertSigned(result);
        await LookAsync(lead, appeal);
        await AccountsAsync(lead, account, "No strikes", reporter, "0 of 1 upheld");
    }

    private async Task DecideAsync(Scene scene)
    {
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], app: platform.App);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.ChooseViolationAsync();
        await desk.Reason.FillAsync("It advertises a shop");
        await desk.SubmitAsync(task);
    }

    private async Task HearAsync(Scene scene, string judge, CaseQueue appeals, Appeal appeal)
    {
        await using IBrowserContext browser = await console.BrowserAsync(judge, app: platform.App);
        ConcurrentBag<byte[]> wire = [];
        browser.Page += (_, page) => page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => wire.Add(frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
        Desk desk = new(await browser.OpenAsync($"/review/{appeals.Slug}"));
        await desk.Button("Start reviewing").ClickAsync();
        Assert.Equal(appeal.TaskNumber, await desk.DrawnAsync());
        ILocator panel = desk.Page.GetByRole(AriaRole.Region, new() { Name = "Appeal against a decision" });
        await Assertions.Expect(panel).ToContainTextAsync(Plea);
        await Assertions.Expect(panel).ToContainTextAsync("Violation · Spam 1.1");
        await Assertions.Expect(panel).ToContainTextAsync("It advertises a shop");
        string author = scene.People[0].Split('@')[0];
        Assert.DoesNotContain(author, await desk.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(wire, frame => Encoding.UTF8.GetString(frame).Contains(author, StringComparison.Ordinal));
        await using (IBrowserContext other = await console.BrowserAsync(judge, app: platform.App))
        {
            IPage elsewhere = await other.OpenAsync($"/cases/{appeal.CaseNumber}");
            Assert.DoesNotContain(Words, await elsewhere.ContentAsync(), StringComparison.Ordinal);
            elsewhere = await other.OpenAsync($"/appeals/{appeal.Number}");
            await Assertions.Expect(elsewhere.GetByRole(AriaRole.Heading, new() { Name = "There is no such appeal" })).ToBeVisibleAsync();
        }

        await desk.Page.AssertNothingSeriousAsync();
        await desk.Page.SetViewportSizeAsync(1440, 900);
        await desk.ChooseAsync("a", "Allow");
        await Assertions.Expect(desk.Decision).ToContainTextAsync("The decision is taken back");
        await desk.Reason.FillAsync("We looked again, and it is fine");
        await desk.SubmitAsync(appeal.TaskNumber);
    }

    // What its strikes come to, and how right who reported it was.
    private async Task AccountsAsync(string lead, string account, string strikes, string reporter, string accuracy)
    {
        await using IBrowserContext browser = await console.BrowserAsync(lead, app: platform.App);
        IPage page = await browser.OpenAsync("/actors");
        await page.GetByLabel("Type of the account").SelectOptionAsync(new SelectOptionValue { Value = "account" });
        await page.GetByLabel("Id on the platform").FillAsync(account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the account" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = strikes })).ToBeVisibleAsync();
        await page.AssertNothingSeriousAsync();
        await page.GotoAsync($"/actors/account?type=account&id={reporter}");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "As a reporter" })).ToContainTextAsync(accuracy);
    }

    private async Task LookAsync(string lead, Appeal appeal)
    {
        await using IBrowserContext browser = await console.BrowserAsync(lead, app: platform.App);
        IPage page = await browser.OpenAsync($"/appeals/{appeal.Number}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Overturned");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Another decision took the place of this one");
        await page.AssertNothingSeriousAsync();
        await page.GotoAsync("/appeals?state=answered");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Appeal {appeal.Number}", Exact = true })).ToBeVisibleAsync();
        await page.AssertNothingSeriousAsync();
        await page.GotoAsync("/quality");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Overturned on appeal" })).ToContainTextAsync("1 of 1");
    }

    // The platform takes the post out with one action and puts it back with another.
    private static async Task<CaseQueue> AppealsQueueAsync(Scene scene, string judge)
    {
        CaseQueue queue = new() { Name = $"Appeals of {scene.Name}", Slug = $"appeals-{scene.Name}", Kind = QueueKind.Appeals };
        await scene.WriteAsync(async scope =>
        {
            ActionDefinition action = await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == $"act_{scene.Name}", CancellationToken.None);
            scope.Db.Add(new ActionDefinition { Id = $"undo_{scene.Name}", Name = "Put the post back", CallbackUrl = action.CallbackUrl, ItemTypes = scene.Name });
            action.ReversalActionId = $"undo_{scene.Name}";
            Guid person = await scope.Db.Users.Where(row => row.Email == judge).Select(row => row.Id).SingleAsync(CancellationToken.None);
            scope.Db.Add(queue);
            scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = person });
        });
        return queue;
    }

    private static bool Says(ReceivedCall call, string words) => Encoding.UTF8.GetString(call.Body).Contains(words, StringComparison.Ordinal);
}
