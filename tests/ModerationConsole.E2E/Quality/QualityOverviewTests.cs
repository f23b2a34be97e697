using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.E2E.Quality;

public sealed class QualityOverviewTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lead_FiltersByPolicyFollowsANumberToItsSamplesAndExports()
    {
        Scene scene = await Scene.SetAsync(console.App, moderators: 2);
        await FillAsync(scene);
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"lead@{scene.Name}.local", Roles.Lead));
        IPage page = await browser.OpenAsync("/quality");

        await page.GetByLabel("Policy", new() { Exact = true }).SelectOptionAsync($"pol_{scene.Name}");
        // All samples together may say the same as those of the policy: the address tells which are shown.
        await page.WaitForURLAsync(url => url.Contains($"policy=pol_{scene.Name}", StringComparison.Ordinal));
        ILocator accuracy = page.GetByRole(AriaRole.Region, new() { Name = "Accuracy", Exact = true });
        await Assertions.Expect(accuracy).ToContainTextAsync("90 %");
        await Assertions.Expect(accuracy.GetByRole(AriaRole.Img)).ToHaveAccessibleNameAsync(new Regex("^90 %, in the range .+; target 95 %$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new($"{scene.Name}-1 ") })).ToContainTextAsync("90 %");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new($"{scene.Name}-2 ") })).ToContainTextAsync("Too few");

        // Whoever has the address sees the same.
        await page.ReloadAsync();
        await page.ReadyAsync();
        await page.GetByLabel("One person").SelectOptionAsync(new SelectOptionValue { Label = $"{scene.Name}-1" });
        await page.GetByLabel("Another person").SelectOptionAsync(new SelectOptionValue { Label = $"{scene.Name}-2" });
        await Assertions.Expect(page.GetByText("One of them has under 50 judgements: nothing can be said.")).ToBeVisibleAsync();

        await page.AssertNothingSeriousAsync();
        await page.SetViewportSizeAsync(1440, 900);
        IDownload table = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        Assert.Contains($"accuracy of policy,pol_{scene.Name},1.1 Spam,", await File.ReadAllTextAsync(await table.PathAsync(), Cancel), StringComparison.Ordinal);

        await accuracy.GetByRole(AriaRole.Link, new() { NameRegex = new("10 wrong") }).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/quality/samples", StringComparison.Ordinal));
        Assert.Contains($"policy=pol_{scene.Name}", page.Url, StringComparison.Ordinal);
        Assert.Contains("wrong=true", page.Url, StringComparison.Ordinal);
        // Those of today as well.
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(10);
    }

    // 100 of 400 judged, 10 of them wrong: 90 %. One person has 60 of them, the other 40.
    private static async Task FillAsync(Scene scene)
    {
        await scene.PostAsync("Nothing to see");
        await scene.UntilAsync(db => db.Set<ReviewTask>().AnyAsync(task => task.QueueId == scene.Queue.Id, Cancel));
        Case about = await scene.ReadAsync(db => db.Set<Case>().SingleAsync(row => db.Set<ReviewTask>().Any(task => task.QueueId == scene.Queue.Id && task.CaseNumber == row.Number), Cancel));
        List<Guid> people = [];
        foreach (string email in scene.People)
        {
            string name = email.Split('@')[0];
            people.Add(await scene.ReadAsync(db => db.Set<Moderator>().Where(row => row.DisplayName == name).Select(row => row.Id).SingleAsync(Cancel)));
        }

        string policy = $"pol_{scene.Name}";
        SampleSet set = new() { CaseNumber = about.Number, QueueId = scene.Queue.Id, At = TimeProvider.System.GetUtcNow().AddMinutes(-1) };
        await scene.WriteAsync(async scope =>
        {
            set.AddPlan(scope, people[0]);
            set.Count(scope, null, 400);
            set.Count(scope, null, 400, PopulationBy.Policy, policy);
            set.Count(scope, null, 240, PopulationBy.Decider, $"{people[0]}");
            set.Count(scope, null, 160, PopulationBy.Decider, $"{people[1]}");
            SampleKind right = new() { Rate = 0.25, Verdict = Verdict.Violation, PolicyId = policy, Weight = 2 };
            SampleKind wrong = right with { Second = (Verdict.Allow, null), Error = ErrorKind.FalsePositive, Cause = RootCause.Slip };
            foreach ((Guid person, int many) in new[] { (people[0], 6), (people[1], 4) })
            {
                await set.AddAsync(scope, many * 9, right with { DeciderId = person });
                await set.AddAsync(scope, many, wrong with { DeciderId = person });
            }
        });
    }
}
