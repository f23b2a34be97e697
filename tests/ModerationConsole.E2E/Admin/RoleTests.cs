using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

public sealed class RoleTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Role_MadeGivenChangedAndRetired_OpensAndClosesThePageOfItsHolder()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string name = $"<i>Watch</i> {scene.Name}";
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));
        IPage page = await browser.OpenAsync("/admin/roles/new");
        List<string> asked = page.SayYes();

        await page.Field("See queues, how many wait and who works").CheckAsync();
        await page.ExpectRefusalAsync("Save", "A name of at most 100 characters without commas is needed.");
        await page.Field("Name").FillAsync(name);
        await page.Field("Read and verify the audit").CheckAsync();
        await page.Field("Be offered cases and decide them").CheckAsync();
        await page.ExpectRefusalAsync("Save", "duties that must stay apart");
        await page.Field("Read and verify the audit").UncheckAsync();
        await page.SaveAsync("/admin/roles");
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("Made here");

        // Given like any other, it opens a page at once.
        Guid person = await scene.ReadAsync(db => db.Users.Where(account => account.Email == scene.People[0]).Select(account => account.Id).SingleAsync(Cancel));
        await page.GotoAsync($"/admin/people/{person}");
        await page.ReadyAsync();
        await page.Field(name).CheckAsync();
        await page.SaveAsync("/admin/people");
        await using IBrowserContext theirs = await console.BrowserAsync(scene.People[0]);
        IPage queues = await theirs.OpenAsync("/queues");
        await queues.GetByRole(AriaRole.Heading, new() { Name = "Queues", Level = 1 }).WaitForAsync();

        // Changed, it closes that page while it is open.
        await page.GotoAsync("/admin/roles");
        await page.Row(name).GetByRole(AriaRole.Link).ClickAsync();
        await page.Field("See queues, how many wait and who works").UncheckAsync();
        await page.SaveAsync("/admin/roles");
        await Assertions.Expect(queues.GetByText(new Regex("You may not open this page|You may not do this any more"))).ToBeVisibleAsync();

        await page.Row(name).GetByRole(AriaRole.Link).ClickAsync();
        await page.PressAsync("Retire this role");
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("Retired");
        Assert.Contains("This cannot be taken back.", Assert.Single(asked), StringComparison.Ordinal);
        Assert.Empty(await scene.ReadAsync(db => db.UserRoles.Where(link => db.Set<OwnRole>().Any(own => own.Id == link.RoleId)
            && db.Roles.Any(role => role.Id == link.RoleId && role.Name == name)).ToListAsync(Cancel)));

        // Standing roles are there to be read.
        await page.Row("Lead").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByText("A standing role cannot be changed.").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        await page.AssertNothingSeriousAsync();
    }
}
