using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Policies;

public sealed partial class PolicyVersionTests(ConsoleFixture console)
{
    // Whether a second person must agree is one setting for everyone: nobody publishes while it is another.
    private static readonly SemaphoreSlim s_oneRule = new(1, 1);

    [Fact]
    public async Task Expert_ChangesWords_AnyoneSeesWhatChangedFromTheVersionBefore()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext writing = await console.BrowserAsync(await scene.PersonAsync($"expert@{scene.Name}.local", Roles.PolicyExpert));
        await using IBrowserContext reading = await console.BrowserAsync(scene.People[0]);
        IPage page = await writing.OpenAsync($"/policies/pol_{scene.Name}/edit");
        await page.Field("Text").FillAsync("Selling followers is spam.\nSo is asking twice.");
        await PublishAsync(page);
        await page.GotoAsync($"/policies/pol_{scene.Name}/edit");
        await page.ReadyAsync();
        await page.Field("Text").FillAsync("Buying followers is spam.\nSo is asking twice.");
        await PublishAsync(page);

        IPage theirs = await reading.OpenAsync($"/policies/pol_{scene.Name}");
        await theirs.GetByRole(AriaRole.Link, new() { Name = "What changed in version 3" }).ClickAsync();

        await theirs.GetByRole(AriaRole.Heading, new() { Name = "What changed from version 2 to version 3" }).WaitForAsync();
        await Assertions.Expect(theirs.Locator(".removed")).ToHaveTextAsync("Removed: Selling followers is spam.");
        await Assertions.Expect(theirs.Locator(".removed del")).ToHaveTextAsync("Selling");
        await Assertions.Expect(theirs.Locator(".added ins")).ToHaveTextAsync("Buying");
        await Assertions.Expect(theirs.GetByText("So is asking twice.")).ToBeVisibleAsync();
        await theirs.AssertNothingSeriousAsync();
        await theirs.SetViewportSizeAsync(1440, 900);
        await theirs.GetByRole(AriaRole.Link, new() { Name = "Read the text" }).ClickAsync();
        await Assertions.Expect(theirs.GetByRole(AriaRole.Heading, new() { Name = "What changed from version 2 to version 3" })).ToHaveCountAsync(0);
    }

    internal static async Task PublishAsync(IPage page)
    {
        await s_oneRule.WaitAsync();
        try
        {
            await page.PressAsync("Save draft");
            await page.PressAsync("Publish");
            await page.GetByRole(AriaRole.Heading, new() { Name = "Versions" }).WaitForAsync();
        }
        finally
        {
            s_oneRule.Release();
        }
    }
}
