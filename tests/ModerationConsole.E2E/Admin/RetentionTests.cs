using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Retention;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

public sealed class RetentionTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admin_SetsAPeriodHoldsAnAccountAndForgetsAPersonOnlyWhenTypedAgain()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string person = $"u-{scene.Name}";
        await scene.PostAsync("Nothing to see", author: person);
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));
        IPage page = await browser.OpenAsync("/admin/retention");
        List<string> asked = page.SayYes();

        await page.Field("Days: Batches").FillAsync("5");
        await page.PressAsync("Save Batches");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("At least 30 days");
        await page.Field("Days: Batches").FillAsync("365");
        await page.PressAsync("Save Batches");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Batches: kept for 365 days from now on");

        ILocator holds = page.GetByRole(AriaRole.Region, new() { Name = "Legal holds", Exact = true });
        await holds.GetByLabel("Type of account").FillAsync("account");
        await holds.GetByLabel("Id of account").FillAsync(person);
        await holds.GetByLabel("Reason").FillAsync("A court asked.");
        await page.PressAsync("Place hold");
        await Assertions.Expect(page.Row($"account {person}")).ToContainTextAsync("A court asked.");

        ILocator erase = page.GetByRole(AriaRole.Region, new() { Name = "Forget a person", Exact = true });
        await erase.GetByLabel("Type of account").FillAsync("account");
        await erase.GetByLabel("Id of account", new() { Exact = true }).FillAsync(person);
        await erase.GetByLabel("Id of account, again").FillAsync("u-other");
        await page.ExpectRefusalAsync("Erase for good", "Type the same id again");
        Assert.False(await scene.ReadAsync(db => db.Set<Erasure>().AnyAsync(row => row.ActorId == person, Cancel)));

        await erase.GetByLabel("Id of account, again").FillAsync(person);
        await page.PressAsync("Erase for good");
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Erased: 0. 1 must wait and follow by themselves.");
        Assert.True(await scene.ReadAsync(db => db.Set<ItemVersion>().AnyAsync(row => row.CreatorId == person, Cancel)));

        await holds.GetByRole(AriaRole.Button, new() { Name = $"Lift account {person}" }).ClickAsync();
        await Assertions.Expect(page.Status()).ToHaveTextAsync("Hold lifted");
        Assert.Contains(person, Assert.Single(asked), StringComparison.Ordinal);
    }
}
