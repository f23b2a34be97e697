using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>One's own batches, so that one is found again; drawn anew as they go on.</summary>
public sealed partial class BatchesPage : IDisposable
{
    private ThrottledWatch? _watch;
    private IReadOnlyList<BatchSummary>? _batches;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required ListBatches ListBatches { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override Task OnInitializedAsync()
    {
        _watch = new ThrottledWatch(Feed, change => change.Kind == LiveKind.BatchChanged && change.PersonId == Me.Id, OnChangedAsync, Clock);
        return LoadAsync();
    }

    private async Task LoadAsync() => _batches = await ListBatches.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(LoadAsync);
}
