using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Web.Components.Inbox;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>How much needs the person, in the top bar.</summary>
public sealed partial class InboxBell : IDisposable
{
    private ThrottledWatch? _watch;
    private int _count;

    /// <summary>Whose inbox it is.</summary>
    [Parameter, EditorRequired]
    public required Guid Me { get; set; }

    [Inject]
    public required Onlooker Onlooker { get; init; }

    [Inject]
    public required ListInbox ListInbox { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Label => _count == 0 ? InboxText.Bell : InboxText.BellCount.With(Figures.Count(_count, InboxText.CountOne, InboxText.CountMany));

    // Whoever has a case open is not told of anything else until they leave the desk.
    private bool AtTheDesk => Navigation.ToBaseRelativePath(Navigation.Uri).StartsWith("review", StringComparison.Ordinal);

    public void Dispose()
    {
        _watch?.Dispose();
        Onlooker.Ticked -= CountAgain;
        Navigation.LocationChanged -= OnLocationChanged;
    }

    protected override void OnInitialized()
    {
        Onlooker.Ticked += CountAgain;
        Navigation.LocationChanged += OnLocationChanged;
        _watch = new ThrottledWatch(
            Feed, change => change.PersonId == Me && change.Kind is LiveKind.InboxChanged or LiveKind.LeaseEnded, _ => InvokeAsync(CountAsync), Clock);
    }

    protected override Task OnParametersSetAsync() => CountAsync();

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => CountAgain();

    private void CountAgain() => _ = InvokeAsync(CountAsync);

    private async Task CountAsync()
    {
        if (AtTheDesk)
        {
            return;
        }

        try
        {
            _count = (await ListInbox.RunAsync(await Current.GetAsync(), CancellationToken.None)).Count;
            StateHasChanged();
        }
        catch (Exception error) when (error is PermissionDeniedException or System.Data.Common.DbException or ObjectDisposedException)
        {
            // What is wrong shows on the page itself; the bell says what it last knew.
        }
    }
}
