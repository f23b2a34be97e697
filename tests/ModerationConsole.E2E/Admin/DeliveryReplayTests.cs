using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

public sealed class DeliveryReplayTests(ConsoleFixture console, Platform platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailedDelivery_SentAgain_ReachesThePlatform()
    {
        Scene scene = await Scene.SetAsync(platform.App, webhook: platform.Receiver.Url);
        EnforcementAction failed = new()
        {
            ActionId = $"act_{scene.Name}",
            TargetTypeId = scene.Name,
            TargetItemId = $"lost-{scene.Name}",
            CallbackUrl = platform.Receiver.Url,
            Body = JsonSerializer.Serialize(new { item = new { id = $"lost-{scene.Name}" } }),
            CreatedAt = TimeProvider.System.GetUtcNow(),
            NotBefore = TimeProvider.System.GetUtcNow(),
        };
        failed.Begin(TimeProvider.System.GetUtcNow());
        failed.Fail(500, "", TimeProvider.System.GetUtcNow());
        await scene.WriteAsync(scope =>
        {
            scope.Db.Add(failed);
            return Task.CompletedTask;
        });
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin), app: platform.App);
        IPage page = await browser.OpenAsync("/admin/deliveries");

        await page.PressAsync("Failed");
        ILocator row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = failed.TargetItemId });
        await Assertions.Expect(row).ToContainTextAsync("answered 500");
        await row.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Assertions.Expect(page.Status()).ToHaveTextAsync("\"Remove the post\" is sent again now.");
        await platform.Receiver.UntilAsync(calls => calls.Any(call => call.ItemId == failed.TargetItemId));
        await scene.UntilAsync(db => db.Set<EnforcementAction>().AnyAsync(action => action.Id == failed.Id && action.State == EnforcementState.Delivered, Cancel));
    }
}
