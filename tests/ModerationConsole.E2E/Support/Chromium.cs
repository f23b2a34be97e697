namespace ModerationConsole.E2E.Support;

/// <summary>The machine's own Chromium, one for all tests; each test opens a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string ExecutablePath =>
        Environment.GetEnvironmentVariable("MODERATION_TEST_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>The running browser. Skips the test that asks on a machine without one.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipUnless(
                _browser is not null,
                $"No Chromium at {ExecutablePath}; name one in MODERATION_TEST_CHROMIUM.");
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(ExecutablePath))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ExecutablePath,
            Args = s_arguments,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
