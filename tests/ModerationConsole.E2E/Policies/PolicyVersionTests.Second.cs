using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Policies;

/// <summary>Three people: one decides, one drafts, and one who had no hand in it agrees.</summary>
public sealed partial class PolicyVersionTests
{
    [Fact]
    public async Task Draft_AgreedByASecondPerson_IsInForceAndTheOldDecisionKeepsItsWords()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string writer = await scene.PersonAsync($"w@{scene.Name}.local", Roles.PolicyExpert);
        string second = await scene.PersonAsync($"s@{scene.Name}.local", Roles.PolicyExpert);
        await scene.PostAsync("Cheap followers here");
        long number = await DecideAsync(scene);
        await using IBrowserContext writing = await console.BrowserAsync(writer);
        IPage page = await writing.OpenAsync($"/policies/pol_{scene.Name}/edit");
        await page.Field("Name").FillAsync("Scams");
        string parent = (await page.Field("Belongs under").Locator("option").Nth(1).TextContentAsync())!.Trim();
        await page.Field("Belongs under").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Field("Text").FillAsync("Selling followers is a scam.");
        await page.Field("How bad a violation is").SelectOptionAsync("Severe");
        await page.PressAsync("Save draft");
        await page.PressAsync("Draw past decisions");
        await page.GetByRole(AriaRole.Link, new() { Name = "Judge them" }).ClickAsync();
        await page.GetByText("Cheap followers here").WaitForAsync();
        await page.GetByLabel("It would stay as it is").CheckAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("1 of 1 judged, unsure of 0.").WaitForAsync();
        await page.AssertNothingSeriousAsync();
        await AskAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Agree and publish" })).ToHaveCountAsync(0);
        await page.GotoAsync($"/policies/pol_{scene.Name}");
        await page.GetByText("No spam.").WaitForAsync();

        await using IBrowserContext agreeing = await console.BrowserAsync(second);
        IPage theirs = await agreeing.OpenAsync("/inbox");
        await theirs.GetByRole(AriaRole.Link, new() { Name = $"You are asked to agree to a draft of policy pol_{scene.Name}" }).ClickAsync();
        await Assertions.Expect(theirs.Locator(".removed")).ToHaveTextAsync("Removed: No spam.");
        await Assertions.Expect(theirs.Locator("ins").Filter(new() { HasText = parent })).ToBeVisibleAsync();
        await Assertions.Expect(theirs.GetByText("1 of 1 judged, unsure of 0.")).ToBeVisibleAsync();
        await theirs.PressAsync("Agree and publish");
        await theirs.GetByRole(AriaRole.Heading, new() { Name = "1.1 Scams" }).WaitForAsync();

        await theirs.GotoAsync($"/cases/{number}");
        await theirs.GetByRole(AriaRole.Link, new() { Name = "1.1 Spam" }).ClickAsync();
        await theirs.GetByText("No spam.").WaitForAsync();
        await Assertions.Expect(theirs.GetByText("Selling followers is a scam.")).ToHaveCountAsync(0);
    }

    private async Task AskAsync(IPage page)
    {
        PolicyOptions options = console.App.Services.GetRequiredService<IOptions<PolicyOptions>>().Value;
        await s_oneRule.WaitAsync();
        try
        {
            options.SecondPerson = true;
            await page.ReloadAsync();
            await page.PressAsync("Ask a second person");
            await page.GetByText("You had a hand in it, so someone else must agree. Take it back to write on.").WaitForAsync();
        }
        finally
        {
            options.SecondPerson = false;
            s_oneRule.Release();
        }
    }

    private async Task<long> DecideAsync(Scene scene)
    {
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.ChooseViolationAsync();
        await desk.SubmitAsync(task);
        return await scene.ReadAsync(db => db.Set<Core.Queues.ReviewTask>().Where(row => row.Number == task).Select(row => row.CaseNumber).SingleAsync());
    }
}
