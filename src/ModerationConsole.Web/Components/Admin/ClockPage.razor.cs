using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Notices;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>A legal notice: what it demands, its clock, what was decided and what its sender was told.</summary>
public sealed partial class ClockPage : IDisposable
{
    private ThrottledWatch? _watch;
    private NoticeView? _notice;
    private bool _missing;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    /// <summary>Number of the notice.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    public required ReadNotice ReadNotice { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(
        Feed, change => change.CaseNumber is { } number && _notice?.Items.Any(item => item.CaseNumber == number) == true, OnChangedAsync, Clock);

    // Twice a minute with the time of day: what is to be expected changes without anything else happening.
    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _notice = await ReadNotice.RunAsync(await Current.GetAsync(), Number, CancellationToken.None);
        _missing = _notice is null;
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(ReadAsync);
}
