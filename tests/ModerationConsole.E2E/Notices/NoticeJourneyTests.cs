using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Notices;

/// <summary>An authority's order from its arrival to its answer; one that nobody may take; and one that came by letter.</summary>
public sealed class NoticeJourneyTests(ConsoleFixture console, Platform platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_SentByThePlatform_StandsInTheTableIsDecidedAndAnsweredWithRedress()
    {
        Scene scene = await Scene.SetAsync(platform.App, webhook: platform.Receiver.Url);
        string lead = await scene.PersonAsync($"{scene.Name}-l@e2e.local", Roles.Lead);
        await scene.PostAsync("An ordinary post");
        string post = await scene.PostAsync("Gather at the station");
        string sender = $"Authority <b>{scene.Name}</b>";
        long number = await scene.NoticeAsync(post, sender);

        // The lead sees its clock; the desk offers it first and says why.
        await using IBrowserContext looking = await console.BrowserAsync(lead, app: platform.App);
        IPage table = await looking.OpenAsync("/admin/clocks?type=eu-terrorist-content");
        ILocator row = table.GetByRole(AriaRole.Row).Filter(new() { Has = table.GetByRole(AriaRole.Link, new() { Name = $"Notice {number}", Exact = true }) });
        await Assertions.Expect(row).ToContainTextAsync("EU terrorist-content removal order");
        await Assertions.Expect(row).ToContainTextAsync(scene.Queue.Name);
        await table.AssertNothingSeriousAsync();
        await using IBrowserContext deciding = await console.BrowserAsync(scene.People[0], app: platform.App);
        Desk desk = await Desk.StartAsync(deciding, scene);
        long task = await desk.DrawnAsync();
        ILocator panel = desk.Page.GetByRole(AriaRole.Region, new() { Name = "Legal notice" });
        await Assertions.Expect(panel).ToContainTextAsync(sender);
        await Assertions.Expect(panel).ToContainTextAsync("Remove it in all member states");
        await Assertions.Expect(desk.Case).ToContainTextAsync("A legal notice asks for it: EU terrorist-content removal order (Regulation (EU) 2021/784, art. 3), European Union");
        await Assertions.Expect(row).ToContainTextAsync("in hand");
        await desk.Page.AssertNothingSeriousAsync();
        await desk.Page.SetViewportSizeAsync(1440, 900);

        await desk.ChooseViolationAsync();
        await desk.Reason.FillAsync("You called for an attack");
        await desk.SubmitAsync(task);

        // The sender hears of it after the time to undo, signed; the author's words stay here.
        ReceivedCall answer = (await platform.Receiver.UntilAsync(calls => calls.Any(call => Answers(call, number)))).Single(call => Answers(call, number));
        platform.AssertSigned(answer);
        JsonElement body = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(("ACTED_ON", true), (body.GetProperty("finding").GetString(), body.GetProperty("inTime").GetBoolean()));
        Assert.Equal((post, $"pol_{scene.Name}"), (body.GetProperty("items")[0].GetProperty("id").GetString(), body.GetProperty("items")[0].GetProperty("policyId").GetString()));
        Assert.NotEmpty(body.GetProperty("redress").GetString()!);
        Assert.DoesNotContain("called for an attack", body.ToString(), StringComparison.Ordinal);
        IPage page = await looking.OpenAsync($"/admin/clocks/{number}");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What its sender was told" })).ToContainTextAsync("Something was done about all of it");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("In time");
        await page.AssertNothingSeriousAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "What it is about" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("A legal notice came in: EU terrorist-content removal order");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The sender of the legal notice was told");
    }

    [Fact]
    public async Task OrderOfAnHour_ThatNobodyMayTake_RaisesItsAlarmWithinAMinuteAndReachesTheFallbackQueue()
    {
        Scene scene = await Scene.SetAsync(platform.App, moderators: 0);
        string helper = await scene.PersonAsync($"{scene.Name}-h@e2e.local", Roles.Moderator);
        string expert = await scene.PersonAsync($"{scene.Name}-e@e2e.local", Roles.PolicyExpert);
        (CaseQueue fallback, List<Guid> others) = await FallbackAsync(scene, helper);
        try
        {
            string post = await scene.PostAsync("Nobody reads this");
            long number = await scene.NoticeAsync(post);

            ReceivedCall alarm = (await platform.Receiver.UntilAsync(calls => calls.Any(call => Alarms(call, number)))).First(call => Alarms(call, number));
            await scene.UntilAsync(db => db.Set<ReviewTask>().AnyAsync(row => row.QueueId == fallback.Id && row.State == TaskState.Waiting, Cancel));

            platform.AssertSigned(alarm);
            JsonElement body = JsonDocument.Parse(alarm.Body).RootElement;
            Assert.Equal(["type", "notice", "noticeType", "receivedAt", "dueAt", "minutesLeft", "link"], body.EnumerateObject().Select(member => member.Name));
            ClockAlert told = await scene.ReadAsync(db => db.Set<ClockAlert>().SingleAsync(row => row.NoticeNumber == number && row.Kind == ClockAlertKind.NobodyMayTake, Cancel));
            Notice notice = await scene.ReadAsync(db => db.Set<Notice>().SingleAsync(row => row.Number == number, Cancel));
            Assert.InRange(told.At - notice.EnteredAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));

            // Whoever looks after clocks is told; whoever works the fallback queue has it before them.
            await using IBrowserContext looking = await console.BrowserAsync(expert, app: platform.App, options: new() { TimezoneId = "Asia/Tokyo" });
            IPage inbox = await looking.OpenAsync("/inbox");
            await inbox.GetByRole(AriaRole.Link, new() { Name = $"Notice {number} (EU terrorist-content removal order): nobody could take it where it waited", Exact = true }).ClickAsync();
            await Assertions.Expect(inbox.GetByRole(AriaRole.Region, new() { Name = "Who was told of its clock" })).ToContainTextAsync("Nobody could take it");
            await using IBrowserContext helping = await console.BrowserAsync(helper, app: platform.App);
            Desk desk = new(await helping.OpenAsync($"/review/{fallback.Slug}"));
            await desk.Button("Start reviewing").ClickAsync();
            await desk.DrawnAsync();
            await Assertions.Expect(desk.Page.GetByRole(AriaRole.Region, new() { Name = "Legal notice" })).ToContainTextAsync("EU terrorist-content removal order");

            // An order by letter: what is wrong is said beside its field, and nothing that was typed is lost.
            await EnterAsync(looking, scene, post);
        }
        finally
        {
            await scene.WriteAsync(async scope => (await scope.Db.Set<CaseQueue>().Where(row => row.Id == fallback.Id || others.Contains(row.Id)).ToListAsync(CancellationToken.None))
                .ForEach(row => row.IsFallback = row.Id != fallback.Id));
        }
    }

    private static async Task EnterAsync(IBrowserContext browser, Scene scene, string post)
    {
        IPage form = await browser.OpenAsync("/admin/clocks/new");
        // It is now by the clock of whoever enters it, however the page was come to.
        IEnumerable<string> now = Enumerable.Range(-1, 3).Select(minutes => TimeProvider.System.GetUtcNow().AddHours(9).AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        await Assertions.Expect(form.GetByLabel("Received", new() { Exact = true })).ToHaveValueAsync(new Regex(string.Join('|', now)));
        await form.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "National order, 2 hours" });
        await form.GetByLabel("Sender", new() { Exact = true }).FillAsync("District court");
        await form.GetByLabel("Type of the items").SelectOptionAsync(scene.Name);
        await form.GetByLabel("Items", new() { Exact = true }).FillAsync($"{post}\nnowhere");
        await form.GetByRole(AriaRole.Button, new() { Name = "Start its clock" }).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("A jurisdiction is two letters");
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("The console does not have the item in line 2");
        await form.AssertNothingSeriousAsync();
        await form.GetByLabel("Jurisdiction").FillAsync("IN");
        await form.GetByLabel("Legal basis").FillAsync("IT Rules 2021");
        await form.GetByLabel("Items", new() { Exact = true }).FillAsync(post);
        await form.GetByRole(AriaRole.Button, new() { Name = "Start its clock" }).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Region, new() { Name = "Notice", Exact = true })).ToContainTextAsync("District court");
        await Assertions.Expect(form.GetByRole(AriaRole.Region, new() { Name = "Notice", Exact = true })).ToContainTextAsync("India");
    }

    // Nobody works the scene's own queue any more: those who could are for the fallback queue.
    private static async Task<(CaseQueue Own, List<Guid> Others)> FallbackAsync(Scene scene, string helper)
    {
        CaseQueue fallback = new() { Name = $"Anyone of {scene.Name}", Slug = $"anyone-{scene.Name}", IsFallback = true, PolicyRequired = false };
        List<Guid> others = [];
        await scene.WriteAsync(async scope =>
        {
            // There is one at a time.
            List<CaseQueue> before = await scope.Db.Set<CaseQueue>().Where(row => row.IsFallback).ToListAsync(CancellationToken.None);
            before.ForEach(row => row.IsFallback = false);
            others = [.. before.Select(row => row.Id)];

            Guid person = await scope.Db.Users.Where(row => row.Email == helper).Select(row => row.Id).SingleAsync(CancellationToken.None);
            scope.Db.Add(fallback);
            scope.Db.Add(new QueueAccess { QueueId = fallback.Id, PersonId = person });
            await scope.Db.Set<QueueAccess>().Where(row => row.QueueId == scene.Queue.Id).ExecuteDeleteAsync(CancellationToken.None);
        });
        return (fallback, others);
    }

    private static bool Answers(ReceivedCall call, long number) =>
        JsonDocument.Parse(call.Body).RootElement is var body && body.TryGetProperty("noticeId", out _) && body.GetProperty("number").GetInt64() == number;

    private static bool Alarms(ReceivedCall call, long number) => JsonDocument.Parse(call.Body).RootElement is var body
        && body.TryGetProperty("type", out JsonElement type) && type.ValueEquals("clock.nobody") && body.GetProperty("notice").GetInt64() == number;
}
