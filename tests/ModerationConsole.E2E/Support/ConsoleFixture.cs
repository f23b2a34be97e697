using System.Collections.Concurrent;
using ModerationConsole.E2E.Support;

[assembly: AssemblyFixture(typeof(ConsoleFixture))]

namespace ModerationConsole.E2E.Support;

/// <summary>One browser and one running program, filled with the demo, for every test of this project.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    public const string DemoPassword = "a demo password for tests";

    /// <summary>A harmless word that this console covers for people who want slurs covered.</summary>
    public const string CoveredWord = "brambleweed";

    // A slow machine is no fault; only a wait that fails comes to its end.
    private const float PatienceMs = 20_000;

    private readonly Chromium _chromium = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _signedIn = new(StringComparer.Ordinal);

    public ConsoleApp App { get; } = new(new() { ["Demo:Enabled"] = "true", ["Demo:Password"] = DemoPassword, ["MaskedWords:Words:0"] = CoveredWord, ["Abuse:MassActionItems"] = "2" });

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        await _chromium.InitializeAsync();
        App.StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await App.DisposeAsync();
    }

    /// <summary>A browser of its own: cookies, storage and pages of one person.</summary>
    /// <param name="email">Who is signed in already; nobody if null.</param>
    /// <param name="address">Where the console is opened, when that is not directly.</param>
    public async Task<IBrowserContext> BrowserAsync(
        string? email = null, string password = Scene.Password, ConsoleApp? app = null, string? address = null, BrowserNewContextOptions? options = null)
    {
        app ??= App;
        options ??= new BrowserNewContextOptions();
        options.BaseURL = address ?? app.Address;
        options.ViewportSize ??= new ViewportSize { Width = 1440, Height = 900 };
        if (email is not null)
        {
            // People sign in once through the form; what the browser then holds is kept for their next browser.
            options.StorageState = await _signedIn.GetOrAdd(app.Address + email, _ => new(() => SignInOnceAsync(app, email, password))).Value;
        }

        IBrowserContext browser = await _chromium.Browser.NewContextAsync(options);
        browser.SetDefaultTimeout(PatienceMs);
        return browser;
    }

    /// <summary>Fills in the form and waits until the person is where the console sends them.</summary>
    public static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GotoAsync("/account/login");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/login", StringComparison.Ordinal));
    }

    private async Task<string> SignInOnceAsync(ConsoleApp app, string email, string password)
    {
        await using IBrowserContext browser = await _chromium.Browser.NewContextAsync(new() { BaseURL = app.Address });
        await SignInAsync(await browser.NewPageAsync(), email, password);
        return await browser.StorageStateAsync();
    }
}

/// <summary>What tests do with a page of the console.</summary>
public static class ConsolePages
{
    /// <summary>Opens a page and waits until its circuit answers.</summary>
    public static async Task<IPage> OpenAsync(this IBrowserContext browser, string path)
    {
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync(path);
        await page.ReadyAsync();
        return page;
    }

    /// <summary>Waits until the page's circuit answers.</summary>
    public static Task ReadyAsync(this IPage page) => page.Locator("body[data-circuit=ready]").WaitForAsync();

    /// <summary>What the console last said it did.</summary>
    public static ILocator Status(this IPage page) => page.GetByRole(AriaRole.Status, new() { Name = "Status" });
}
