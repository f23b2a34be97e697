using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ModerationConsole.Core.Access;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Layout.Palette;

/// <summary>The command palette: pages, queues, cases and what can be done here, by typing.</summary>
public sealed partial class CommandPalette : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private CancellationTokenSource? _searching;
    private ElementReference _dialog;
    private DotNetObjectReference<CommandPalette>? _self;
    private IJSObjectReference? _script;
    private IReadOnlyList<PaletteGroup> _groups = [];
    private DeskPreferences? _told;
    private bool _failed;
    private bool _asked;

    [Inject]
    public required Onlooker Onlooker { get; init; }

    [Inject]
    public required PaletteSearch Search { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required ILogger<CommandPalette> Log { get; init; }

    private string Words => _failed ? PaletteText.Failed : _asked && _groups.Count == 0 ? PaletteText.Nothing : "";

    private DeskPreferences Preferences => Onlooker.Preferences;

    private object KeysInUse => new { map = Preferences.Map.Chords, singleKeys = Preferences.Map.SingleKeys };

    /// <summary>What was typed; answered once what was found is drawn.</summary>
    [JSInvokable]
    public async Task OnQuery(string text)
    {
        if (Onlooker.Me is not { } me)
        {
            return;
        }

        _searching?.Cancel();
        using CancellationTokenSource mine = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        _searching = mine;
        try
        {
            IReadOnlyList<PaletteGroup> found = await Search.FindAsync(me, text ?? "", mine.Token);
            mine.Token.ThrowIfCancellationRequested();
            (_groups, _failed, _asked) = (found, false, true);
        }
        catch (Exception error) when (error is OperationCanceledException or PermissionDeniedException)
        {
            // Something else was typed meanwhile, or the session is over: the next page says so.
        }
#pragma warning disable CA1031 // a search that fails must not take the page with it
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.LogError(error, "The palette could not search");
            (_groups, _failed, _asked) = ([], true, true);
        }
        finally
        {
            if (_searching == mine)
            {
                _searching = null;
            }
        }

        StateHasChanged();
    }

    /// <summary>Something that was found is chosen.</summary>
    [JSInvokable]
    public Task OnChoose(string entry) =>
        _groups.SelectMany(group => group.Entries).FirstOrDefault(found => found.Key == entry)?.Act() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Onlooker.Changed -= StateHasChanged;
        await _closing.CancelAsync();
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("dispose");
                await _script.DisposeAsync();
            }
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException)
        {
            // The page took it with it.
        }

        _self?.Dispose();
        _closing.Dispose();
    }

    protected override void OnInitialized() => Onlooker.Changed += StateHasChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _self = DotNetObjectReference.Create(this);
                _told = Preferences;
                // Not let go of, for the reason in DeskScript.
                IJSObjectReference module = await Script.InvokeAsync<IJSObjectReference>("import", _closing.Token, ScriptJson.Text("./" + Assets["js/palette.js"]));
                _script = await module.InvokeAsync<IJSObjectReference>("attach", _closing.Token, _dialog, _self, ScriptJson.Pack(KeysInUse));
            }
            else if (_script is not null && _told != Preferences)
            {
                _told = Preferences;
                await _script.InvokeVoidAsync("setKeys", _closing.Token, ScriptJson.Pack(KeysInUse));
            }
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException)
        {
            // The page was closed while it opened.
        }
    }

    private int Place(PaletteEntry entry) => _groups.SelectMany(group => group.Entries).TakeWhile(other => other != entry).Count();
}
