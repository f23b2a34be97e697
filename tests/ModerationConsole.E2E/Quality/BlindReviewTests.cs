using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Quality;

/// <summary>Three people: one decides, one judges it again without knowing, one decides between the two.</summary>
public sealed partial class BlindReviewTests(ConsoleFixture console)
{
    private const string Reason = "Advertises the same shop again and again";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_JudgedAgain_TellsItsReviewerNothingAndIsCorrectedByAThirdPerson()
    {
        // A verdict is final at once there: nobody waits for the end of an undo window, and no stored decision is changed.
        await using ConsoleApp app = SettledScene.Start();
        Scene scene = await Scene.SetAsync(app);
        string reviewer = await scene.PersonAsync($"{scene.Name}-q@e2e.local", Roles.QualityReviewer);
        string lead = await scene.PersonAsync($"{scene.Name}-l@e2e.local", Roles.Lead);
        // A number that stands for nothing else on a page.
        await scene.WriteAsync(scope => scope.Db.Database.ExecuteSqlAsync($"INSERT INTO sqlite_sequence (name, seq) VALUES ('case', 738)", Cancel));
        await scene.PostAsync("A shop like any other");
        await DecideAsync(app, scene, scene.People[0]);
        QualitySample sample = await scene.DrawAsync();

        await using (IBrowserContext browser = await console.BrowserAsync(reviewer, app: app))
        {
            ConcurrentBag<byte[]> wire = [];
            browser.Page += (_, page) => page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => wire.Add(frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
            Desk desk = await Desk.StartAsync(browser, scene);
            Assert.Equal(sample.TaskNumber, await desk.DrawnAsync());
            await Assertions.Expect(desk.Decision.Locator("[aria-pressed=true]")).ToHaveCountAsync(0);
            Assert.DoesNotContain(await desk.Page.ContentAsync(), Reason, StringComparison.Ordinal);
            AssertNothingTold(wire, scene.People[0].Split('@')[0], sample.CaseNumber);
            await using (IBrowserContext other = await console.BrowserAsync(reviewer, app: app))
            {
                IPage elsewhere = await other.OpenAsync($"/cases/{sample.CaseNumber}");
                await Assertions.Expect(elsewhere.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToContainTextAsync(sample.CaseNumber.ToString(CultureInfo.InvariantCulture));
                Assert.DoesNotContain("A shop like any other", await elsewhere.ContentAsync(), StringComparison.Ordinal);
            }

            await desk.AllowAsync();
        }

        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(row => row.Id == sample.Id && row.State == SampleState.Adjudicating, Cancel));
        await using (IBrowserContext browser = await console.BrowserAsync(lead, app: app))
        {
            Desk desk = await Desk.StartAsync(browser, scene);
            await desk.DrawnAsync();
            ILocator opinions = desk.Page.GetByRole(AriaRole.Region, new() { Name = "Two people judged this differently" });
            await Assertions.Expect(opinions).ToContainTextAsync("Judgement 1");
            await Assertions.Expect(opinions).ToContainTextAsync(Reason);
            await Assertions.Expect(opinions).Not.ToContainTextAsync(scene.People[0].Split('@')[0]);
            await desk.AllowAsync();
        }

        await scene.UntilAsync(db => db.Set<QualitySample>().AnyAsync(row => row.Id == sample.Id && row.State == SampleState.ToExplain && row.CorrectionId != null, Cancel));
        Decision correction = await scene.ReadAsync(db => db.Set<Decision>().SingleAsync(row => row.ReversesId == sample.DecisionId, Cancel));
        Assert.Equal(Verdict.Allow, correction.Verdict);
    }

    private async Task DecideAsync(ConsoleApp app, Scene scene, string person)
    {
        await using IBrowserContext browser = await console.BrowserAsync(person, app: app);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.ChooseViolationAsync();
        await desk.Reason.FillAsync(Reason);
        await desk.SubmitAsync(task);
    }

    private static void AssertNothingTold(IEnumerable<byte[]> wire, string author, long caseNumber)
    {
        string number = caseNumber.ToString(CultureInfo.InvariantCulture);
        string[] told = [.. wire.SelectMany(frame => Apart().Split(Encoding.UTF8.GetString(frame)))];
        Assert.Contains(told, text => text.Contains("A shop like any other", StringComparison.Ordinal));
        Assert.DoesNotContain(told, text => text.Contains(author, StringComparison.Ordinal) || text.Contains(Reason, StringComparison.Ordinal));
        Assert.DoesNotContain(told, text => text == number || text.EndsWith($"/{number}", StringComparison.Ordinal) || text.EndsWith($" {number}", StringComparison.Ordinal));
    }

    // Texts lie in a frame behind their lengths.
    [GeneratedRegex("[\u0000-\u001f\ufffd]+")]
    private static partial Regex Apart();
}
