using ModerationConsole.E2E.Support;

[assembly: AssemblyFixture(typeof(ConsoleFixture))]

namespace ModerationConsole.E2E.Support;

/// <summary>One browser and one running program for every test of this project.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    private readonly Chromium _chromium = new();

    public ConsoleApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await _chromium.InitializeAsync();
        App.StartServer();
    }

    /// <summary>Opens <paramref name="path"/> as a new visitor and waits until its circuit answers.</summary>
    public async Task<IPage> OpenAsync(string path)
    {
        var context = await _chromium.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = App.Address });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.Locator("body[data-circuit=ready]").WaitForAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await App.DisposeAsync();
    }
}
