using Microsoft.AspNetCore.Components;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>The way to every page the person may open.</summary>
public sealed partial class NavRail
{
    private bool _pinned;

    [Inject]
    public required ShellScript Script { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Script.RememberedAsync() is { RailPinned: true })
        {
            _pinned = true;
            StateHasChanged();
        }
    }

    private async Task PinAsync()
    {
        _pinned = !_pinned;
        await Script.SetRailPinnedAsync(_pinned);
    }
}
