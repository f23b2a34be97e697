using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

public sealed class TypeAndActionTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItemType_IsRefusedInWordsThenStoredWithItsFields()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync("/admin/types/new");

        await page.ExpectRefusalAsync("Save", "2 things need a change");
        await page.Field("Id").FillAsync(scene.Name);
        await page.Locator("#type-name").FillAsync("Review & more");
        await page.ExpectRefusalAsync("Save", "This id is taken.");
        await page.Field("Id").FillAsync($"{scene.Name}-new");
        await page.PressAsync("Add a field");
        ILocator names = page.GetByRole(AriaRole.Region, new() { Name = "Fields" }).GetByRole(AriaRole.Textbox);
        await names.Nth(1).FillAsync("text");
        await page.ExpectRefusalAsync("Save", "two fields have this name.");
        await names.Nth(1).FillAsync("stars");
        await page.Keyboard.PressAsync("Tab");
        await page.Field("Holds, stars").SelectOptionAsync("Number");
        await page.Field("Required, stars").CheckAsync();
        await page.SaveAsync("/admin/types");

        ItemType stored = await scene.ReadAsync(db => db.Set<ItemType>().SingleAsync(row => row.Id == $"{scene.Name}-new", Cancel));
        Assert.Equal("Review & more", stored.Name);
        Assert.Equal([("text", FieldType.String, false), ("stars", FieldType.Number, true)],
            ItemSchema.Parse(stored.Fields).Select(field => (field.Name, field.Type, field.Required)));
    }

    [Fact]
    public async Task Action_IsRefusedInWordsThenStoredWithItsValues()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync("/admin/actions/new");

        await page.ExpectRefusalAsync("Save", "2 things need a change");
        await page.Field("Id").FillAsync($"act_{scene.Name}");
        await page.Field("Name").FillAsync("Hide <em>it</em>");
        await page.ExpectRefusalAsync("Save", "This id is taken.");
        await page.Field("Id").FillAsync($"act_new_{scene.Name}");
        await page.GetByLabel("Where the platform is told").FillAsync("http://127.0.0.1/hook");
        await page.ExpectRefusalAsync("Save", "Only https to a public host");
        await page.GetByLabel("Where the platform is told").FillAsync("");
        await page.GetByLabel("Added to each message").FillAsync("[1]");
        await page.ExpectRefusalAsync("Save", "This is not a JSON object");
        await page.GetByLabel("Added to each message").FillAsync("""{"team":"a"}""");
        await page.PressAsync("Add a value");
        await page.Field("Key").FillAsync("1 bad key");
        await page.ExpectRefusalAsync("Save", "Each value needs a key");
        await page.Field("Key").FillAsync("days");
        await page.Keyboard.PressAsync("Tab");
        await page.Field("Label, days").FillAsync("For how many days");
        await page.Field("It can be taken back (20 seconds to undo; otherwise 60)").UncheckAsync();
        await page.SaveAsync("/admin/actions");

        ActionDefinition stored = await scene.ReadAsync(db => db.Set<ActionDefinition>().SingleAsync(row => row.Id == $"act_new_{scene.Name}", Cancel));
        Assert.Equal(("Hide <em>it</em>", false, """{"team":"a"}"""), (stored.Name, stored.Reversible, stored.CustomBody));
        Assert.Contains("\"days\"", stored.Parameters, StringComparison.Ordinal);
        await Assertions.Expect(page.Row("Hide <em>it</em>")).ToContainTextAsync("cannot be taken back");
    }

    [Fact]
    public async Task Policy_Changed_BecomesANewVersionWithoutItsMarkup()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"expert@{scene.Name}.local", Roles.PolicyExpert));
        IPage page = await browser.OpenAsync($"/policies/pol_{scene.Name}/edit");

        await page.Field("Name").FillAsync("");
        await page.ExpectRefusalAsync("Save draft", "A name is needed");
        await page.Field("Name").FillAsync("Spam & co");
        await page.Field("Text").FillAsync("No **spam**. <script>alert(1)</script> [x](javascript:alert(1))");
        await Policies.PolicyVersionTests.PublishAsync(page);

        PolicyVersion stored = await scene.ReadAsync(db => db.Set<PolicyVersion>().SingleAsync(row => row.PolicyId == $"pol_{scene.Name}" && row.Number == 2, Cancel));
        Assert.Equal("Spam & co", stored.Name);
        await Assertions.Expect(page.Locator(".prose strong")).ToHaveTextAsync("spam");
        await Assertions.Expect(page.Locator(".prose script, .prose [href^='javascript']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Form_LeftWithChanges_AsksOnceAndStaysWhenTold()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await AdminAsync(scene);
        IPage page = await browser.OpenAsync("/admin/types/" + scene.Name);
        TaskCompletionSource<string> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            // A second question would throw here.
            asked.SetResult(dialog.Message);
        };

        // A field that a part of the form changes counts as much as one of its own.
        await page.Field("Required, text").CheckAsync();
        await Assertions.Expect(page.GetByText("Not saved yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();

        Assert.Equal("You have changes that are not saved. Leave without saving them?", await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        await Assertions.Expect(page.Field("Required, text")).ToBeCheckedAsync();
    }

    private async Task<IBrowserContext> AdminAsync(Scene scene) =>
        await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));
}
