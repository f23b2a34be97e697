using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>The way to every page the person may open.</summary>
public sealed partial class NavRail : IDisposable
{
    private bool _pinned;

    [CascadingParameter]
    public Myself? Me { get; set; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private IEnumerable<NavEntry> Entries => Me is null ? [] : NavEntry.All.Where(entry => entry.OpensFor(Me.Permissions));

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri);

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

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
