using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>An expert makes a case golden; a moderator answers it at the desk and cannot tell; a lead reads what came of it.</summary>
public sealed partial class GoldenTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoldenCase_AnsweredAmidWork_LooksLikeAnyOtherAndCountsForItsLead()
    {
        await using ConsoleApp app = SettledScene.Start();
        Scene scene = await Scene.SetAsync(app, moderators: 2);
        await scene.WriteAsync(scope =>
        {
            scope.Db.Add(new QualitySettings { GoldenRate = 1 });
            return Task.CompletedTask;
        });
        await scene.PostAsync("Buy followers here", author: "u-1");
        long number = await scene.DecideAsync(app, scene.People[0], Verdict.Violation);

        // The expert.
        await using IBrowserContext experts = await console.BrowserAsync(await scene.PersonAsync($"expert@{scene.Name}.local", Roles.PolicyExpert), app: app);
        IPage page = await experts.OpenAsync("/quality/golden");
        await page.Field("Case number").FillAsync("987654");
        await page.ExpectRefusalAsync("Make golden", "There is no such case.");
        await page.Field("Case number").FillAsync(number.ToString(CultureInfo.InvariantCulture));
        await page.PressAsync("Make golden");
        await Assertions.Expect(page.Status()).ToHaveTextAsync($"Case {number} is golden");
        await Assertions.Expect(page.Row($"Case {number}")).ToContainTextAsync("Violation: Spam");

        // The moderator: one of their own first, then, amid the others, the golden one.
        await scene.PostAsync("Buy likes here", author: "u-2");
        await scene.PostAsync("Buy views here", author: "u-3");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[1], app: app);
        Desk desk = await Desk.StartAsync(browser, scene);
        long? second = await desk.AllowAsync();
        await desk.DrawnAsync();
        string ordinary = await TextAsync(desk);
        await app.Services.GetRequiredService<MixInGolden>().RunOnceAsync(Cancel);
        long? golden = await desk.AllowAsync();

        Assert.NotNull(second);
        Assert.NotNull(golden);
        Assert.Equal(TaskKind.Golden, (await scene.TasksAsync()).Single(task => task.Number == golden).Kind);
        await desk.DrawnAsync();
        await Assertions.Expect(desk.Case).ToContainTextAsync("Buy followers here");
        Assert.Equal(ordinary, await TextAsync(desk));
        string all = await desk.Page.ContentAsync();
        Assert.DoesNotContain("golden", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(scene.People[0].Split('@')[0], all, StringComparison.Ordinal);
        Assert.DoesNotContain($"cases/{number}\"", all, StringComparison.Ordinal);
        await desk.ChooseViolationAsync();
        await desk.SubmitAsync(golden.Value);
        await desk.Waiting.WaitForAsync();
        Assert.Equal(1, await scene.ReadAsync(db => db.Set<EnforcementAction>().CountAsync(row => row.CaseNumber == number, Cancel)));

        // The lead.
        await using IBrowserContext leads = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead), app: app);
        page = await leads.OpenAsync("/quality/golden");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Case {number}" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nothing is said with fewer than 10 answers.");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(scene.People[1].Split('@')[0]);
        page.SayYes();
        await page.PressAsync("Retire");
        await Assertions.Expect(page.Status()).ToHaveTextAsync($"Case {number} measures no more");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Retired: by hand");
        Assert.True(await scene.ReadAsync(db => db.Set<GoldenAnswer>().Where(row => row.TaskNumber == golden).Select(row => row.Passed).SingleAsync(Cancel)));
    }

    // All that the desk says, without numbers, times and the words that tell posts apart.
    private static async Task<string> TextAsync(Desk desk) => Changing().Replace(await desk.Page.Locator("main").InnerTextAsync(), "#");

    [GeneratedRegex(@"followers|likes|views|p-[0-9a-f]+|just now|[0-9\u202f]+( (s|sec|min|h))?( ago)?")]
    private static partial Regex Changing();
}
