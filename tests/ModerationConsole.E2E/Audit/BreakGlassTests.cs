using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Audit;

/// <summary>Someone takes another role for a while; it is shown to them the whole time, and an auditor reviews it.</summary>
public sealed class BreakGlassTests(ConsoleFixture console)
{
    [Fact]
    public async Task Glass_Broken_IsShownUntilItIsGivenBackAndReviewedByAnAuditor()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext breaking = await console.BrowserAsync(await scene.PersonAsync($"breaker@{scene.Name}.local", Roles.Admin));
        await using IBrowserContext looking = await console.BrowserAsync(await scene.PersonAsync($"looker@{scene.Name}.local", Roles.Auditor));
        IPage auditor = await looking.OpenAsync("/audit/glass");
        IPage page = await breaking.OpenAsync("/admin/glass");
        await page.GetByLabel("Role").SelectOptionAsync(Roles.Lead);
        await page.GetByRole(AriaRole.Button, new() { Name = "Break glass" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Say why").First).ToBeVisibleAsync();
        await page.GetByLabel("Reason").FillAsync("<b>Nobody</b> of the leads is there");
        await page.GetByRole(AriaRole.Button, new() { Name = "Break glass" }).ClickAsync();

        ILocator bar = page.GetByText("You broke glass:");
        await Assertions.Expect(bar).ToBeVisibleAsync();
        ILocator row = auditor.GetByRole(AriaRole.Row).Filter(new() { HasText = "<b>Nobody</b> of the leads is there" });
        await Assertions.Expect(row).ToContainTextAsync("On until");
        await page.GetByRole(AriaRole.Link, new() { Name = "Cases" }).First.ClickAsync();
        await page.WaitForURLAsync("**/cases");
        await Assertions.Expect(bar).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).ClickAsync();
        await Assertions.Expect(bar).ToHaveCountAsync(0);

        await row.GetByRole(AriaRole.Button, new() { Name = "Review" }).ClickAsync();
        await auditor.GetByLabel("What you found").FillAsync("Only what was said");
        await auditor.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Review", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Only what was said");
    }
}
