using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>A full review without touching the mouse, 200 ms from the server, each way.</summary>
public sealed class TenCasesTests(ConsoleFixture console)
{
    private const int Cases = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TenCases_ByKeysAlone_OnASlowLine_AreDecidedAsMeant()
    {
        await using SlowLine line = new(console.App.Address, TimeSpan.FromMilliseconds(200));
        Scene scene = await Scene.SetAsync(console.App);
        for (int i = 1; i <= Cases; i++)
        {
            await scene.PostAsync($"Post number {i}");
        }

        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], address: line.Address);
        Desk desk = await Desk.OpenAsync(browser, scene);
        List<(long Task, Verdict Verdict, string? Note)> meant = [];

        // The way in: the page puts focus on its heading, the button comes right after it.
        await Assertions.Expect(desk.Heading("Ready when you are")).ToBeFocusedAsync();
        await desk.PressAsync("Tab");
        await Assertions.Expect(desk.Button("Start reviewing")).ToBeFocusedAsync();
        await desk.PressAsync("Enter");

        for (long? task = await desk.DrawnAfterAsync(0); task is { } number;)
        {
            bool violation = meant.Count % 3 == 1;
            string? note = null;
            if (violation)
            {
                await desk.ChooseViolationAsync();
                note = $"Note on {number}";
                await desk.PressAsync("c");
                await Assertions.Expect(desk.Note).ToBeFocusedAsync();
                await desk.Page.Keyboard.TypeAsync(note);
            }
            else
            {
                await desk.ChooseAsync("a", "Allow");
            }

            meant.Add((number, violation ? Verdict.Violation : Verdict.Allow, note));
            // From within the text, too.
            await desk.PressAsync("Control+Enter");
            task = await desk.DrawnAfterAsync(number);
        }

        Assert.Equal(meant, await DecidedAsync(scene));
        Assert.Equal(Cases, meant.Count);
        await Assertions.Expect(desk.Page.Status()).ToContainTextAsync("decided");
        await Assertions.Expect(desk.Page.Status()).ToContainTextAsync("Nothing suitable right now");
    }

    private static async Task<List<(long Task, Verdict Verdict, string? Note)>> DecidedAsync(Scene scene)
    {
        var rows = await scene.ReadAsync(db => (
            from decision in db.Set<Decision>()
            join task in db.Set<ReviewTask>() on decision.TaskNumber equals task.Number
            where task.QueueId == scene.Queue.Id
            orderby decision.DecidedAt
            select new { decision.TaskNumber, decision.Verdict, decision.InternalNote }).ToListAsync(Cancel));
        return [.. rows.Select(row => (row.TaskNumber, row.Verdict, row.InternalNote))];
    }
}
