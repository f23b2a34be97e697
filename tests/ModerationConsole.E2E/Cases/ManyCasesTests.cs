using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Cases;

/// <summary>A lead finds cases, keeps the search, and acts on all that were found.</summary>
public sealed class ManyCasesTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_InAnyScript_IsKeptAsAViewAndFoundAgain()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string word = "ÄRGER" + scene.Name;
        await scene.PostAsync($"Großer {word} im Haus");
        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead));
        IPage page = await leads.OpenAsync("/cases");

        await page.GetByRole(AriaRole.Searchbox).FillAsync(word.ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = word })).ToHaveCountAsync(1);
        await page.PressAsync("Save this view");
        await page.GetByLabel("Name").FillAsync($"About {scene.Name}");
        await page.PressAsync("Save");
        await Assertions.Expect(page.Status()).ToContainTextAsync($"Saved the view About {scene.Name}.");
        await page.GotoAsync("/cases");
        await page.GetByRole(AriaRole.Link, new() { Name = $"About {scene.Name}" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync(word);
    }

    [Fact]
    public async Task Batch_LookedAtBegunAndTakenBack_ChangesItsCasesAndNothingElse()
    {
        Scene scene = await Scene.SetAsync(console.App);
        for (int place = 0; place < 3; place++)
        {
            await scene.PostAsync($"wave{scene.Name} number {place}");
        }

        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead));
        IPage page = await leads.OpenAsync($"/cases?q=wave{scene.Name}");
        ILocator rows = page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"wave{scene.Name}" });
        await Assertions.Expect(rows).ToHaveCountAsync(3);

        await rows.Nth(0).GetByRole(AriaRole.Checkbox).CheckAsync();
        await rows.Nth(1).GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.PressAsync("Act on them");
        await page.PressAsync("Look at what would happen");
        await Assertions.Expect(page.GetByText("Nothing has happened yet, and nobody else sees it.")).ToBeVisibleAsync();
        Assert.Equal(0, await scene.ReadAsync(db => db.Set<Decision>().CountAsync(row => db.Set<Case>().Any(about => about.Number == row.CaseNumber && db.Set<ItemVersion>().Any(item => item.Id == about.ItemVersionId && item.TypeId == scene.Name)), Cancel)));

        await page.PressAsync("Start with 2 cases");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back 2 cases" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Banner).GetByText("Taken back")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your batches" }).ClickAsync();
        await page.WaitForURLAsync("**/cases/batches");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Cell, new() { Name = "Taken back", Exact = true })).ToBeVisibleAsync();
        await scene.UntilAsync(async db => await db.Set<Decision>().CountAsync(row => row.State == DecisionState.Undone && db.Set<Case>().Any(about => about.Number == row.CaseNumber
            && db.Set<ItemVersion>().Any(item => item.Id == about.ItemVersionId && item.TypeId == scene.Name)), Cancel) == 2);
        Assert.All(await scene.TasksAsync(), task => Assert.Equal(Core.Queues.TaskState.Waiting, task.State));
    }

    [Fact]
    public async Task Batch_OfMoreThanOnePersonMay_IsAskedForAndBeginsWhenAnotherSaysYes()
    {
        Scene scene = await Scene.SetAsync(console.App);
        for (int place = 0; place < 3; place++)
        {
            await scene.PostAsync($"flood{scene.Name} number {place}");
        }

        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead));
        IPage page = await leads.OpenAsync($"/cases?q=flood{scene.Name}");
        ILocator rows = page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"flood{scene.Name}" });
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        for (int place = 0; place < 3; place++)
        {
            await rows.Nth(place).GetByRole(AriaRole.Checkbox).CheckAsync();
        }

        await page.PressAsync("Act on them");
        await page.PressAsync("Look at what would happen");
        await page.PressAsync("Ask for 3 cases");
        await Assertions.Expect(page.GetByText("Say why, so that someone else can judge it.")).ToBeVisibleAsync();
        await page.GetByLabel("Why it is to be done").FillAsync($"One flood <i>{scene.Name}</i>");
        await page.PressAsync("Ask for 3 cases");
        await Assertions.Expect(page.Status()).ToContainTextAsync("waits for a second person");
        Assert.Equal(0, await scene.ReadAsync(db => db.Set<Decision>().CountAsync(row => db.Set<Case>().Any(about => about.Number == row.CaseNumber && db.Set<ItemVersion>().Any(item => item.Id == about.ItemVersionId && item.TypeId == scene.Name)), Cancel)));

        await using IBrowserContext admins = await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));
        IPage second = await admins.OpenAsync("/admin/approvals");
        ILocator card = second.GetByRole(AriaRole.Region).Filter(new() { HasText = $"One flood <i>{scene.Name}</i>" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("Say why not.");
        await second.AssertNothingSeriousAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Assertions.Expect(card).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take back 3 cases" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Answered by admin");
    }
}
