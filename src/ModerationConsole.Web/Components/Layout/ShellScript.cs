using Microsoft.JSInterop;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>What the shell asks of the page (wwwroot/js/shell.js). A page that closes meanwhile is no error.</summary>
public sealed class ShellScript(IJSRuntime script) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>Where the script stands, by the fingerprint that only components know; the layout says it.</summary>
    public string Address { get; set; } = "./js/shell.js";

    /// <summary>Says on the page itself that its circuit answers, for styles and for tests.</summary>
    public Task SetCircuitReadyAsync() => CallAsync<object?>("setCircuitReady");

    /// <summary>Shows a theme and remembers it in this browser; an empty name follows the system.</summary>
    public Task SetThemeAsync(string theme) => CallAsync<object?>("setTheme", ScriptJson.Text(theme.Length == 0 ? "system" : theme));

    /// <summary>How much room stands around things: one of the densities of the person's preferences.</summary>
    public Task SetDensityAsync(string density) => CallAsync<object?>("setDensity", ScriptJson.Text(density));

    /// <summary>Whether the desk shows the case and the decision only.</summary>
    public Task SetFocusModeAsync(bool on) => CallAsync<object?>("setFocusMode", ScriptJson.Flag(on));

    /// <summary>Whether the rail shows its words all the time, in this browser.</summary>
    public Task SetRailPinnedAsync(bool pinned) => CallAsync<object?>("setRailPinned", ScriptJson.Flag(pinned));

    /// <summary>What this browser remembers.</summary>
    public async Task<ShellMemory?> RememberedAsync() => ScriptJson.Unpack<ShellMemory>(await CallAsync<string>("remembered"));

    /// <summary>Moves focus to the first match.</summary>
    public Task FocusAsync(string selector) => CallAsync<object?>("focusFirst", ScriptJson.Text(selector));

    /// <summary>Moves focus to the heading of the page that was gone to.</summary>
    public Task FocusHeadingAsync() => CallAsync<object?>("focusHeading");

    /// <summary>Words of the browser's tab.</summary>
    public Task SetTitleAsync(string title) => CallAsync<object?>("setTitle", ScriptJson.Text(title));

    /// <summary>Asks a question that must be answered before anything else; true for yes, and when the page is gone.</summary>
    public async Task<bool> ConfirmAsync(string question) => await CallAsync<bool?>("confirm", ScriptJson.Text(question)) ?? true;

    /// <summary>Waits until the page is before someone's eyes: one that was opened behind others is not yet. False when it closes before.</summary>
    public async Task<bool> ShownAsync() => await CallAsync<bool?>(Timeout.InfiniteTimeSpan, "shown") ?? false;

    /// <summary>The browser's time zone; null where it names none that is known here.</summary>
    public async Task<TimeZoneInfo?> TimeZoneAsync() =>
        await CallAsync<string>("timeZone") is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // One that was asked for and never came is not waited for: the browser holds a line open until a page that was left is cleared
        // away, and has six of them.
        if (_module is { IsCompletedSuccessfully: true })
        {
            try
            {
                await (await _module).DisposeAsync();
            }
            catch (Exception error) when (IsGone(error))
            {
                // The page took the module with it.
            }
        }
    }

    private Task<T?> CallAsync<T>(string function, params object?[] arguments) => CallAsync<T>(null, function, arguments);

    private async Task<T?> CallAsync<T>(TimeSpan? patience, string function, params object?[] arguments)
    {
        try
        {
            // Asked side by side, it is fetched once.
            _module = _module is null or { IsFaulted: true } or { IsCanceled: true } ? script.InvokeAsync<IJSObjectReference>("import", ScriptJson.Text(Address)).AsTask() : _module;
            IJSObjectReference module = await _module;
            return patience is { } length ? await module.InvokeAsync<T?>(function, length, arguments) : await module.InvokeAsync<T?>(function, arguments);
        }
        catch (Exception error) when (IsGone(error))
        {
            return default;
        }
    }

    private static bool IsGone(Exception error) => error is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;
}

/// <summary>What a browser remembers of the shell.</summary>
/// <param name="Theme">The chosen theme; null follows the system.</param>
/// <param name="RailPinned">Whether the rail shows its words.</param>
public sealed record ShellMemory(string? Theme, bool RailPinned);
