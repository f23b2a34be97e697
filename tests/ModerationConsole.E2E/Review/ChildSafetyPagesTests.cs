using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>No page of the product tells of a child-safety item to someone who has every permission but that one.</summary>
public sealed class ChildSafetyPagesTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPage_ForSomeoneWithAllPermissionsButThatOne_TellsNothingOfAChildSafetyItem()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string mark = $"zq{Guid.NewGuid():N}"[..16];
        await scene.PostAsync($"Beside it {scene.Name}");
        Case hidden = await HiddenAsync(scene, mark);
        long[] tasks = await scene.ReadAsync(db => db.Set<ReviewTask>().Where(row => row.CaseNumber == hidden.Number).Select(row => row.Number).ToArrayAsync(Cancel));
        Permission[] all = Enum.GetValues<Permission>();
        string outsider = await scene.PersonAsync($"{scene.Name}-out@e2e.local", Roles.Moderator, [.. all.Where(permission => permission != Permission.ChildSafety)]);
        await using IBrowserContext browser = await console.BrowserAsync(outsider);
        IPage page = await browser.NewPageAsync();
        ConcurrentQueue<string> telling = [];
        Listen(page, mark, telling);
        Regex named = new($"/cases/{hidden.Number}(?!\\d)|data-case=\"{hidden.Number}\"|[Cc]ase #?{hidden.Number}(?!\\d)|data-task=\"({string.Join('|', tasks)})\"", RegexOptions.None, TimeSpan.FromSeconds(5));

        int opened = await PageWalk.RunAsync(page, console.App.Address, async path =>
        {
            string html = await page.ContentAsync();
            if (html.Contains(mark, StringComparison.Ordinal) || named.IsMatch(html))
            {
                telling.Enqueue(path);
            }
        });
        // Asked for by its very number; what the person typed themselves may stand there again.
        foreach (string path in new[] { $"/cases/{hidden.Number}", $"/audit?case={hidden.Number}", $"/cases?number={hidden.Number}" })
        {
            await page.GotoAsync(path);
            await page.ReadyAsync();
            if ((await page.ContentAsync()).Contains(mark, StringComparison.Ordinal))
            {
                telling.Enqueue(path);
            }
        }

        // One more arrives while lists are open; the ordinary one after it is seen to arrive.
        IPage queues = await browser.NewPageAsync();
        Listen(queues, mark, telling);
        await queues.GotoAsync("/queues");
        await queues.ReadyAsync();
        await scene.ReportAsync($"{mark}-late", $"{mark} late", $"{mark} reason", $"{mark}-author", childSafety: true);
        await scene.PostAsync($"After it {scene.Name}");
        await Assertions.Expect(queues.Row(scene.Name).GetByRole(AriaRole.Cell).Nth(1)).ToHaveTextAsync("2");

        Assert.InRange(opened, 15, PageWalk.MostPages);
        Assert.Empty(telling);
        await AssertSeenAsync(scene, hidden.Number, mark, all);
    }

    // What is looked for can be found: whoever has the permission meets it where the others were not told.
    private async Task AssertSeenAsync(Scene scene, long number, string mark, Permission[] all)
    {
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"{scene.Name}-in@e2e.local", Roles.Moderator, all));
        IPage page = await browser.NewPageAsync();
        ConcurrentQueue<string> telling = [];
        Listen(page, mark, telling);
        await page.GotoAsync($"/cases/{number}");
        await page.ReadyAsync();
        await Assertions.Expect(page.GetByText($"{mark} text").First).ToBeVisibleAsync();
        Assert.NotEmpty(telling);
    }

    // What circuits say is text among numbers, as the browser unpacked it.
    private static void Listen(IPage page, string mark, ConcurrentQueue<string> telling)
    {
        byte[] sought = Encoding.UTF8.GetBytes(mark);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if ((frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? "")).AsSpan().IndexOf(sought) >= 0)
            {
                telling.Enqueue($"a message to {page.Url}");
            }
        };
    }

    /// <summary>A case that was reported as child safety, and decided with words and an action by someone who may.</summary>
    private async Task<Case> HiddenAsync(Scene scene, string mark)
    {
        await scene.ReportAsync($"{mark}-id", $"{mark} text", $"{mark} reason", $"{mark}-author", childSafety: true);
        Case about = await scene.ReadAsync(db => (
            from row in db.Set<Case>().AsNoTracking()
            join version in db.Set<ItemVersion>() on row.ItemVersionId equals version.Id
            where version.ItemId == $"{mark}-id"
            select row).SingleAsync(Cancel));
        Assert.Equal(Sensitivity.ChildSafety, about.Sensitivity);
        string email = await scene.PersonAsync($"{scene.Name}-judge@e2e.local", Roles.Moderator, Enum.GetValues<Permission>());
        Guid judge = await scene.ReadAsync(db => db.Users.Where(row => row.Email == email).Select(row => row.Id).SingleAsync(Cancel));
        CaseQueue queue = await scene.ReadAsync(db => db.Set<CaseQueue>().SingleAsync(row => row.Kind == QueueKind.ChildSafety, Cancel));
        await scene.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = judge });
            return Task.CompletedTask;
        });
        ClaimResult claim = await console.App.Services.GetRequiredService<ClaimNextCase>().RunAsync(Caller.Person(judge), queue.Id, cancellationToken: Cancel);
        for (; claim.Task is { } other && other.CaseNumber != about.Number; claim = await console.App.Services.GetRequiredService<ClaimNextCase>().RunAsync(Caller.Person(judge), queue.Id, cancellationToken: Cancel))
        {
            await console.App.Services.GetRequiredService<ReleaseTask>().RunAsync(Caller.Person(judge), other.TaskNumber, other.Fence, exclude: true, Cancel);
        }

        LeasedTask task = Assert.IsType<LeasedTask>(claim.Task);
        DecideCommand command = new(task.TaskNumber, task.Fence, Verdict.Violation)
        {
            PolicyId = $"pol_{scene.Name}",
            ReasonForUser = $"{mark} words",
            InternalNote = $"{mark} note",
            Actions = [new ActionOrder($"act_{scene.Name}")],
        };
        Assert.Equal(DecideOutcome.Decided, (await console.App.Services.GetRequiredService<DecideCase>().RunAsync(Caller.Person(judge), command, Cancel)).Outcome);
        return about;
    }
}
