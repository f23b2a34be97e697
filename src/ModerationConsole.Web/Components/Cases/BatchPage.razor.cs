using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>A batch as one: what it would do, how far it is, what became of each case, and the way back.</summary>
public sealed partial class BatchPage : IDisposable
{
    private ThrottledWatch? _watch;
    private BatchView? _batch;
    private IReadOnlyList<BatchLine>? _lines;
    private bool _missing;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Parameter]
    public long Number { get; set; }

    [SupplyParameterFromQuery]
    public long? After { get; set; }

    [SupplyParameterFromQuery]
    public bool Cut { get; set; }

    [Inject]
    public required ReadBatch ReadBatch { get; init; }

    [Inject]
    public required ListBatchMembers ListBatchMembers { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private int Whole => _batch is not { } batch ? 1
        : batch.State == BatchState.TakingBack ? batch.Total - batch.Of(MemberState.LeftOut) - batch.Of(MemberState.Waiting)
        : batch.Total;

    private int Worked => _batch is not { } batch ? 0
        : batch.State == BatchState.TakingBack ? Whole - batch.Of(MemberState.Done)
        : batch.Total - batch.Of(MemberState.Waiting);

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(
        Feed, change => change.Kind == LiveKind.BatchChanged && change.State == $"{Number}", OnChangedAsync, Clock);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        Caller caller = await Current.GetAsync();
        BatchView? before = _batch;
        _batch = await ReadBatch.RunAsync(caller, Number, CancellationToken.None);
        // Said here, where it is known how it stands: a small batch is done before its beginning could be told.
        if (_batch is { Mine: true } now && before?.Number == now.Number && before.State != now.State && BatchWords.Became(now.State) is { } words)
        {
            Status.Say(words.With(now.Number));
        }

        _missing = _batch is null;
        _lines = _batch is null ? null : await ListBatchMembers.RunAsync(caller, Number, null, After, CancellationToken.None);
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(LoadAsync);
}
