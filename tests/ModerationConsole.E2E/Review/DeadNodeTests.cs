using ModerationConsole.E2E.Support;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>Two nodes on one PostgreSQL behind nginx: the one that holds a moderator's page dies, and the other goes on where it was.</summary>
public sealed class DeadNodeTests(ConsoleFixture console, PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    // What the page was told of its connection, kept over its reload.
    private const string WatchConnection = """
        () => {
            window.before = true;
            const dialog = document.getElementById('components-reconnect-modal');
            new MutationObserver(() => sessionStorage.setItem('seen', `${sessionStorage.getItem('seen') ?? ''} ${dialog.className}`))
                .observe(dialog, { attributeFilter: ['class'] });
        }
        """;

    private readonly string _data = Directory.CreateTempSubdirectory("console-e2e-nodes-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task NodeOfThePageKilled_WhileTextIsTyped_BringsBackDraftAndCaseAtTheOther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no way to kill a process like this here.");
        string[] settings = ["--Database:Provider=PostgreSql", $"--ConnectionStrings:Console={await postgres.DatabaseAsync()}"];
        await using SeparateConsole first = new(_data, settings);
        await using SeparateConsole second = new(_data, [.. settings, "--Demo:Enabled=false"]);
        await first.InitializeAsync();
        await second.InitializeAsync();
        await using NginxProxy proxy = await NginxProxy.StartAsync(first.Authority, second.Authority);
        await using IBrowserContext browser = await console.BrowserAsync(address: proxy.Address);
        IPage page = await browser.NewPageAsync();
        await ConsoleFixture.SignInAsync(page, "moderator@demo.local", ConsoleFixture.DemoPassword);
        await page.GotoAsync("/review");
        await page.ReadyAsync();
        Desk desk = new(page);
        await desk.Button("Start reviewing").ClickAsync();
        long task = await desk.DrawnAsync();
        await desk.ChooseViolationAsync();
        await desk.Note.FillAsync("Saved on the server");
        await Assertions.Expect(page.GetByText("All text saved")).ToBeVisibleAsync();
        await page.EvaluateAsync(WatchConnection);
        string serving = (await proxy.AnsweredByAsync())[^1];

        await desk.Note.PressSequentiallyAsync(", and this was not yet");
        SeparateConsole dying = serving == first.Authority ? first : second;
        await dying.KillAsync();

        ILocator back = page.Locator($"body[data-circuit=ready] .desk[data-keys='{task}']");
        await page.WaitForFunctionAsync("() => window.before === undefined", null, new() { Timeout = 60_000 });
        await back.WaitForAsync();
        await Assertions.Expect(desk.Note).ToHaveValueAsync("Saved on the server, and this was not yet");
        await Assertions.Expect(desk.Button("Violation")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(desk.Decision.Locator("[data-pinned='1']")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Contains("components-reconnect-rejected", await page.EvaluateAsync<string>("() => sessionStorage.getItem('seen')"), StringComparison.Ordinal);
        string other = dying == first ? second.Authority : first.Authority;
        Assert.Equal(other, (await proxy.AnsweredByAsync())[^1].Split(", ")[^1]);

        // The lease came back with it: the case is decided here and the next is drawn.
        await desk.PressAsync("Control+Enter");
        Assert.NotNull(await desk.DrawnAfterAsync(task));
    }
}
