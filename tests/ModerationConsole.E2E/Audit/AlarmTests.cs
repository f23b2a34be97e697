using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Oversight;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Audit;

/// <summary>An alarm about the use of the console reaches an auditor, who closes it.</summary>
public sealed class AlarmTests(ConsoleFixture console)
{
    [Fact]
    public async Task Alarm_AboutALead_ReachesAnAuditorWhoClosesItWithWhatWasFound()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string lead = (await scene.PersonAsync($"lead-{scene.Name}@e2e.local", Roles.Lead)).Split('@')[0];
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"auditor@{scene.Name}.local", Roles.Auditor));
        IPage page = await browser.OpenAsync("/audit");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Alarms" }).ClickAsync();
        await page.WaitForURLAsync("**/audit/alarms");

        await RaiseAsync(console.App, scene, lead);
        ILocator row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = lead });
        await Assertions.Expect(row).ToContainTextAsync("21 in an hour; up to 20 raise no alarm");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("Say what you found");
        await page.GetByLabel("What you found").FillAsync("<b>Asked for</b> by the regulator");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Status()).ToContainTextAsync("The alarm is closed");

        await Assertions.Expect(row).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Closed", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("<b>Asked for</b> by the regulator");
    }

    /// <summary>Someone takes away one file more than goes without an alarm.</summary>
    internal static async Task RaiseAsync(ConsoleApp app, Scene scene, string name)
    {
        Guid id = await scene.ReadAsync(db => db.Set<Moderator>().Where(person => person.DisplayName == name).Select(person => person.Id).SingleAsync());
        await scene.WriteAsync(scope =>
        {
            for (int file = 0; file < 21; file++)
            {
                scope.Record(Caller.Person(id), AuditAct.QualityExported);
            }

            return Task.CompletedTask;
        });
        await ActivatorUtilities.CreateInstance<WatchUse>(app.Services).RunOnceAsync(TestContext.Current.CancellationToken);
    }
}
