using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>A server that dies, a page that is loaded again: case, draft and place come back, or it is said what happened.</summary>
public sealed class NothingLostTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServerKilled_WhileTextIsTyped_BringsBackCaseDraftAndPlace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no way to kill a process like this here.");
        await using SeparateConsole separate = new();
        await separate.InitializeAsync();
        await using IBrowserContext browser = await console.BrowserAsync(address: separate.Address);
        IPage page = await browser.NewPageAsync();
        await ConsoleFixture.SignInAsync(page, "moderator@demo.local", ConsoleFixture.DemoPassword);
        await page.GotoAsync("/review");
        await page.ReadyAsync();
        Desk desk = new(page);
        await desk.Button("Start reviewing").ClickAsync();
        long task = await desk.DrawnAsync();
        await page.SetViewportSizeAsync(1440, 420);
        await desk.ChooseViolationAsync();
        await desk.Note.FillAsync("Saved on the server");
        await Assertions.Expect(page.GetByText("All text saved")).ToBeVisibleAsync();
        await desk.Context.EvaluateAsync("panel => panel.scrollTop = 60");
        await page.WaitForFunctionAsync("() => JSON.parse(sessionStorage.getItem('moderation.desk'))?.scroll?.[1] === 60");
        await desk.Note.PressAsync("End");

        await desk.Note.PressSequentiallyAsync(", and this was not yet");
        await separate.KillAsync();
        await page.Locator("body[data-circuit=lost]").WaitForAsync();
        await separate.StartAgainAsync();

        ILocator retry = page.GetByRole(AriaRole.Button, new() { Name = "Retry", Exact = true });
        ILocator back = page.Locator($"body[data-circuit=ready] [data-task='{task}']");
        await retry.Or(back).First.WaitForAsync();
        if (await back.CountAsync() == 0)
        {
            await retry.ClickAsync();
        }

        await back.WaitForAsync();
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Saved on the server, and this was not yet");
        await Assertions.Expect(desk.Button("Violation")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(desk.Decision.Locator("[data-pinned='1']")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(60, await desk.Context.EvaluateAsync<int>("panel => panel.scrollTop"));
        await Assertions.Expect(page.GetByText("All text saved")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task CaseThatWentBackMeanwhile_IsExplainedAfterLoading_AndItsTextIsKept()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.Note.FillAsync("Half a note");
        await Assertions.Expect(desk.Page.GetByText("All text saved")).ToBeVisibleAsync();
        await desk.Page.GotoAsync("about:blank");
        await scene.WriteAsync(async scope =>
        {
            ActiveLease lease = await scope.Db.Set<ActiveLease>().SingleAsync(row => row.TaskNumber == task);
            await scope.EndLeaseAsync(Caller.System, lease, LeaseEnd.Expired, CancellationToken.None);
        });

        await desk.Page.GotoAsync($"/review/{scene.Queue.Slug}");

        await desk.Page.GetByText("This case went back to the queue. Your text is kept.").First.WaitForAsync();
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Half a note");
        await desk.Button("Continue").ClickAsync();
        Assert.Equal(task, await desk.DrawnAsync());
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Half a note");
        // What one gives back oneself needs no explanation.
        await desk.Button("Stop this case").ClickAsync();
        await Assertions.Expect(desk.Heading("The case is back in its queue")).ToBeVisibleAsync();
        await desk.Page.ReloadAsync();
        await Assertions.Expect(desk.Heading("The case is back in its queue")).ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.GetByText("This case went back to the queue.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task PageLeft_BeforeItLearnsThatItsCaseWasStopped_KeepsNoCaseAsLost()
    {
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync("/account/login");

        string[] seen = await page.EvaluateAsync<string[]>("""
            async () => {
                const { watchFields } = await import('/js/desk-fields.js');
                const root = document.createElement('div');
                root.innerHTML = '<div data-task="7"></div>';
                document.body.append(root);
                const desk = watchFields(root, {});
                desk.drawn(JSON.stringify({ task: 7, fence: 1, title: 'Post' }));
                const leave = (between) => {
                    if (between) root.dataset.between = JSON.stringify(between); else delete root.dataset.between;
                    window.dispatchEvent(new Event('pagehide'));
                    return sessionStorage.getItem('moderation.desk') === null ? 'nothing' : 'case';
                };
                const seen = [leave(null), leave({ stopped: false }), leave({ stopped: true })];
                desk.dispose();
                return seen;
            }
            """);

        Assert.Equal(["case", "case", "nothing"], seen);
    }

    [Fact]
    public async Task TimeOfTheCase_IsShownOnlyWhenTheServerCannotBeToldAndUnderAMinuteIsLeft()
    {
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync("/account/login");

        string[] seen = await page.EvaluateAsync<string[]>("""
            async () => {
                const { watch } = await import('/js/presence.js');
                const after = document.createElement('div');
                after.innerHTML = '<p data-held hidden><time></time></p><p data-held-over hidden></p>';
                document.body.append(after);
                const [held, over] = after.children;
                const state = () => (held.hidden ? over.hidden ? 'nothing' : 'over' : held.querySelector('time').textContent === '' ? 'no time' : 'until');
                let answer = async () => 0;
                let beats = 0;
                const page = { invokeMethodAsync: (name) => (name === 'OnHeartbeat' ? answer().finally(() => { beats += 1; }) : Promise.resolve()) };
                const watching = watch(page, { heartbeatMs: 40, quietMs: 100 });
                const next = async (how) => { answer = how; const from = beats; while (beats < from + 2) await new Promise((done) => setTimeout(done, 20)); return state(); };
                const fails = () => Promise.reject(new Error());
                const seen = [
                    await next(async () => 30), await next(fails), await next(async () => 30), await next(async () => null),
                    await next(async () => 90), await next(fails), await next(async () => 0.01), await next(fails), await next(async () => 0), await next(fails),
                ];
                watching.dispose();
                return seen;
            }
            """);

        Assert.Equal(["nothing", "until", "nothing", "until", "nothing", "nothing", "nothing", "over", "nothing", "nothing"], seen);
    }
}
