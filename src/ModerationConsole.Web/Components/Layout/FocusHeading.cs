using Microsoft.AspNetCore.Components;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>
/// Moves focus to the heading of each page that is gone to; the first has none yet when it is drawn. As the framework's own does, but
/// for what it tells the page: a selector, a text, of which each circuit would learn as much as ScriptJson keeps from it.
/// </summary>
public sealed class FocusHeading : ComponentBase
{
    private Type? _shown;
    private bool _moved;

    /// <summary>The page that is on show.</summary>
    [Parameter, EditorRequired]
    public required Type Page { get; set; }

    [Inject]
    public required ShellScript Script { get; init; }

    protected override void OnParametersSet()
    {
        _moved |= _shown is not null && _shown != Page;
        _shown = Page;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_moved)
        {
            _moved = false;
            await Script.FocusHeadingAsync();
        }
    }
}
