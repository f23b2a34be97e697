using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Inbox;

/// <summary>What needs the person who looks: what is due first, then what came last.</summary>
public sealed partial class InboxPage : IDisposable
{
    private ThrottledWatch? _watch;
    private IReadOnlyList<InboxEntry>? _entries;
    private bool _busy;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required ListInbox ListInbox { get; init; }

    [Inject]
    public required CloseInboxItem CloseInboxItem { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private string? Facts => _entries is { Count: > 0 } ? Figures.Count(_entries.Count, InboxText.CountOne, InboxText.CountMany) : null;

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(
        Feed, change => change.PersonId == Me.Id && change.Kind is LiveKind.InboxChanged or LiveKind.LeaseEnded, OnChangedAsync, Clock);

    // Twice a minute with the time of day, so that clocks that come near show without anything else happening.
    protected override async Task OnParametersSetAsync() => await LoadAsync();

    private async Task LoadAsync() => _entries = await ListInbox.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private async Task SettleAsync(InboxEntry entry)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await CloseInboxItem.RunAsync(await Current.GetAsync(), entry.Key, entry.Kind, CancellationToken.None);
            Status.Say(InboxText.Settled);
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(LoadAsync);
}
