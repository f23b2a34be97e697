using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>A modal question over the browser's own dialog: focus stays in it and goes back where it was.</summary>
public sealed partial class AskDialog : IAsyncDisposable
{
    private readonly string _titleId = $"ask-{Guid.NewGuid():N}";
    private ElementReference _dialog;
    private IJSObjectReference? _module;

    /// <summary>What is asked.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>More about it, and its fields.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The answers, beside Cancel.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Another word for Cancel.</summary>
    [Parameter]
    public string? CloseText { get; set; }

    /// <summary>It was closed without an answer.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page took the module with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", ScriptJson.Text("./" + Assets["js/dialog.js"]));
            await _module.InvokeVoidAsync("show", _dialog);
        }
    }

    // Closed by the browser, so that focus returns; its close event tells OnClose.
    private async Task CloseAsync()
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("close", _dialog);
        }
    }
}
