using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>Batches that wait for a second person; drawn anew as they are asked for and answered.</summary>
public sealed partial class ApprovalsPage : IDisposable
{
    private ThrottledWatch? _watch;
    private IReadOnlyList<BatchView>? _asked;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required ListAskedBatches ListAskedBatches { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override Task OnInitializedAsync()
    {
        _watch = new ThrottledWatch(Feed, change => change.Kind == LiveKind.InboxChanged && change.PersonId == Me.Id, OnChangedAsync, Clock);
        return LoadAsync();
    }

    private async Task LoadAsync() => _asked = await ListAskedBatches.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(LoadAsync);
}
