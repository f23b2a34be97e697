using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>Cases that leave the desk without a verdict, by a question that must interrupt.</summary>
public sealed class HandingOnTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Escalate_ByItsKey_NeedsAQuestionAndStoresIt()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("A hard one");
        await scene.PostAsync("The next");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        ILocator dialog = desk.Dialog("Ask an expert");

        // No key acts while a case is new to the eye; once one did, the next does.
        await desk.ChooseAsync("a", "Allow");
        await desk.PressAsync("e");
        await Assertions.Expect(dialog.GetByLabel("Your question")).ToBeFocusedAsync();
        await desk.Page.Keyboard.TypeAsync("   ");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send question" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await dialog.GetByLabel("Your question").FillAsync("Is <b>this</b> satire?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send question" }).ClickAsync();

        Assert.NotNull(await desk.DrawnAfterAsync(task));
        await Assertions.Expect(desk.Page.Status()).ToHaveTextAsync("The question went to an expert.");
        Escalation stored = await StoredAsync(scene, task);
        Assert.Equal(("Is <b>this</b> satire?", EscalationUrgency.Normal), (stored.Question, stored.Urgency));
        Assert.Equal(QueueKind.Expert, await KindAsync(scene, stored.ExpertTask));
        Assert.Equal(TaskState.Done, (await scene.TasksAsync()).Single(row => row.Number == task).State);
        Assert.False(await scene.ReadAsync(db => db.Set<Decision>().AnyAsync(row => row.TaskNumber == task, Cancel)));
    }

    [Fact]
    public async Task Question_LeftByEscape_ChangesNothingAndGivesFocusBack()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();

        await desk.Button("Emergency").ClickAsync();
        await desk.Dialog("Raise an emergency").WaitForAsync();
        await desk.Page.Keyboard.TypeAsync("av");
        await desk.PressAsync("Escape");

        await Assertions.Expect(desk.Dialog("Raise an emergency")).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Button("Emergency")).ToBeFocusedAsync();
        Assert.Equal(task, await desk.DrawnAsync());
        Assert.False(await scene.ReadAsync(db => db.Set<Escalation>().AnyAsync(row => row.FromTask == task, Cancel)));
    }

    [Fact]
    public async Task Emergency_Raised_IsQueuedFirstWithItsClock()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Tonight at eight");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();

        await desk.Button("Emergency").ClickAsync();
        ILocator dialog = desk.Dialog("Raise an emergency");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("A named person, tonight");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Raise emergency" }).ClickAsync();

        await desk.Waiting.WaitForAsync();
        Escalation stored = await StoredAsync(scene, task);
        Assert.Equal(("A named person, tonight", EscalationUrgency.Emergency), (stored.Question, stored.Urgency));
        Assert.Equal(QueueKind.Emergency, await KindAsync(scene, stored.ExpertTask));
        ReviewTask next = await scene.ReadAsync(db => db.Set<ReviewTask>().SingleAsync(row => row.Number == stored.ExpertTask, Cancel));
        Assert.Equal(TimeSpan.FromMinutes(15), next.DueAt - stored.AskedAt);
    }

    [Fact]
    public async Task ChildSafety_Marked_TakesTheCaseFromThoseWithoutThePermission()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string item = await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();

        await desk.Button("Child safety").ClickAsync();
        ILocator dialog = desk.Dialog("Mark as child safety");
        await Assertions.Expect(dialog).ToContainTextAsync("This cannot be taken back.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Mark as child safety" }).ClickAsync();

        await desk.Waiting.WaitForAsync();
        Case about = await scene.ReadAsync(db => (
            from row in db.Set<Case>()
            join version in db.Set<ItemVersion>() on row.ItemVersionId equals version.Id
            where version.ItemId == item
            select row).SingleAsync(Cancel));
        Assert.Equal(Sensitivity.ChildSafety, about.Sensitivity);
        await desk.Page.GotoAsync($"/cases/{about.Number}");
        await Assertions.Expect(desk.Heading("There is no such case")).ToBeVisibleAsync();
    }

    private static Task<Escalation> StoredAsync(Scene scene, long task) =>
        scene.ReadAsync(db => db.Set<Escalation>().SingleAsync(row => row.FromTask == task, Cancel));

    private static Task<QueueKind> KindAsync(Scene scene, long task) => scene.ReadAsync(db => (
        from row in db.Set<ReviewTask>()
        join queue in db.Set<CaseQueue>() on row.QueueId equals queue.Id
        where row.Number == task
        select queue.Kind).SingleAsync(Cancel));
}
