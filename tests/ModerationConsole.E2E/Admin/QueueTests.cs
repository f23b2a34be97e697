using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

/// <summary>On a console of its own: whoever saves the routing saves all of it.</summary>
public sealed class QueueTests(ConsoleFixture console, QueueTests.Own own) : IClassFixture<QueueTests.Own>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queue_IsRefusedInWordsThenStoredWithAccessPinsAndRules()
    {
        Scene scene = await Scene.SetAsync(own.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync("/admin/queues/new");
        string name = $"Threats <u>{scene.Name}</u>";

        await page.ExpectRefusalAsync("Save", "2 things need a change");
        await page.Field("Name").FillAsync(scene.Queue.Name);
        await page.Field("Address").FillAsync("Not An Address");
        await page.ExpectRefusalAsync("Save", "An address takes small letters");
        await page.Field("Address").FillAsync($"{scene.Name}-new");
        await page.ExpectRefusalAsync("Save", "Another queue has this name.");
        await page.Field("Name").FillAsync(name);
        await page.Field("Address").FillAsync(scene.Queue.Slug);
        await page.ExpectRefusalAsync("Save", "Another queue has this address.");
        await page.Field("Address").FillAsync($"{scene.Name}-new");
        await page.GetByLabel("Deadline in minutes").FillAsync("0");
        await page.ExpectRefusalAsync("Save", "A deadline lies between one minute and a year.");
        await page.GetByLabel("Deadline in minutes").FillAsync("90");
        await page.Field("A reason for the user").UncheckAsync();
        await page.Field("Pin a policy").SelectOptionAsync($"pol_{scene.Name}");
        await page.GetByRole(AriaRole.Group, new() { Name = "People who may work it" }).GetByLabel(scene.People[0].Split('@')[0]).CheckAsync();
        await page.SaveAsync("/admin/queues");

        CaseQueue stored = await scene.ReadAsync(db => db.Set<CaseQueue>().SingleAsync(row => row.Slug == $"{scene.Name}-new", Cancel));
        Assert.Equal((name, (int?)90, true, false, $"pol_{scene.Name}"), (stored.Name, stored.DeadlineMinutes, stored.PolicyRequired, stored.ReasonRequired, stored.PinnedPolicies));
        Assert.Equal(1, await scene.ReadAsync(db => db.Set<QueueAccess>().CountAsync(row => row.QueueId == stored.Id, Cancel)));
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("a policy");
    }

    [Fact]
    public async Task Routing_NewLineMovedUp_IsStoredInItsOrderAndBadValuesAreToldByLine()
    {
        Scene scene = await Scene.SetAsync(own.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync("/admin/queues");
        int lines = await scene.ReadAsync(db => db.Set<RoutingRow>().CountAsync(Cancel));

        await page.PressAsync("Add a line");
        string line = $"line {lines + 1}";
        await page.Field($"Goes to, {line}").SelectOptionAsync(scene.Queue.Name);
        await page.Field($"Item type, {line}").SelectOptionAsync(scene.Name);
        await page.Field($"Language, {line}").FillAsync("no tag");
        await page.ExpectRefusalAsync("Save routing", $"Line {lines + 1}: a language is a tag");
        await page.Field($"Language, {line}").FillAsync("de");
        await page.Field($"Priority, {line}").FillAsync("101");
        await page.ExpectRefusalAsync("Save routing", $"Line {lines + 1}: a priority lies between 0 and 100.");
        await page.Field($"Priority, {line}").FillAsync("77");
        for (int place = lines + 1; place > 1; place--)
        {
            await page.PressAsync($"Up line {place}");
            await Assertions.Expect(page.Field($"Priority, line {place - 1}")).ToHaveValueAsync("77");
        }

        await page.PressAsync("Save routing");
        await Assertions.Expect(page.Status()).ToContainTextAsync("Saved the routing.");

        RoutingRow first = await scene.ReadAsync(db => db.Set<RoutingRow>().OrderBy(row => row.Position).FirstAsync(Cancel));
        Assert.Equal((scene.Queue.Id, scene.Name, "de", 77), (first.QueueId, first.ItemTypeId, first.Language, first.Priority));
        await page.PressAsync("Remove line 1");
        await page.PressAsync("Save routing");
        await scene.UntilAsync(async db => await db.Set<RoutingRow>().CountAsync(Cancel) == lines);
    }

    private async Task<IBrowserContext> AdminAsync(Scene scene) =>
        await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin), app: own.App);

    public sealed class Own : IAsyncLifetime
    {
        public ConsoleApp App { get; } = new(new() { ["Demo:Enabled"] = "false" });

        public ValueTask InitializeAsync()
        {
            App.StartServer();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
