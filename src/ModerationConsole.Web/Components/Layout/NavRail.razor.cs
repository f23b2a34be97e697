using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>The way to every page the person may open.</summary>
public sealed partial class NavRail : IDisposable
{
    private bool _pinned;

    [Inject]
    public required Onlooker Onlooker { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private IEnumerable<NavEntry> Entries => Onlooker.Me is { } me ? NavEntry.All.Where(entry => entry.OpensFor(me.Permissions)) : [];

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri);

    public void Dispose()
    {
        Onlooker.Changed -= StateHasChanged;
        Navigation.LocationChanged -= OnLocationChanged;
    }

    protected override void OnInitialized()
    {
        Onlooker.Changed += StateHasChanged;
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Script.RememberedAsync() is { RailPinned: true })
        {
            _pinned = true;
            StateHasChanged();
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    private async Task PinAsync()
    {
        _pinned = !_pinned;
        await Script.SetRailPinnedAsync(_pinned);
    }
}
