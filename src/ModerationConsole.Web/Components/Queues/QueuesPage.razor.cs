using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Queues;

/// <summary>How the queues stand, drawn as they change; and who works on what, for those who may take tasks back.</summary>
public sealed partial class QueuesPage : IDisposable
{
    private ThrottledWatch? _watch;
    private IReadOnlyList<QueueBoardRow>? _board;
    private IReadOnlyList<HeldTask>? _held;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required QueueBoard QueueBoard { get; init; }

    [Inject]
    public required ListHeldTasks ListHeldTasks { get; init; }

    [Inject]
    public required RevokeLease RevokeLease { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private string? Facts => _board is null ? null : QueuesText.Facts.With(_board.Sum(row => row.Figures.Waiting), _board.Sum(row => row.Leased));

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _watch = new ThrottledWatch(Feed, Concerns, OnChangedAsync, Clock);
        await LoadAsync();
    }

    private static bool Concerns(OutboxEvent change) => change.Kind is
        LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.QueueChanged or LiveKind.LeaseEnded or LiveKind.DecisionRecorded
        or LiveKind.ConfigurationChanged or LiveKind.Alarm;

    private async Task LoadAsync()
    {
        Caller caller = await Current.GetAsync();
        _board = [.. (await QueueBoard.RunAsync(caller, CancellationToken.None)).Where(row => !row.Archived || row.Figures.Waiting + row.Leased > 0)];
        if (Me.Permissions.Contains(Permission.ReassignTasks))
        {
            _held = await ListHeldTasks.RunAsync(caller, null, CancellationToken.None);
        }
    }

    private async Task OnChangedAsync(IReadOnlyList<OutboxEvent> events)
    {
        try
        {
            await InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            });
        }
        catch (ObjectDisposedException)
        {
            // The page was left meanwhile.
        }
#pragma warning disable CA1031 // whatever breaks belongs to the circuit whose page it is
        catch (Exception error)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(error);
        }
    }

    private async Task GiveAwayAsync(HeldTask task)
    {
        RevokeOutcome outcome = await RevokeLease.RunAsync(await Current.GetAsync(), task.TaskNumber, forAnother: true, CancellationToken.None);
        Status.Say(outcome switch
        {
            RevokeOutcome.Revoked => QueuesText.GivenAway.With(task.TaskNumber),
            RevokeOutcome.NotHeld => QueuesText.NotHeld.With(task.TaskNumber),
            _ => throw new ArgumentOutOfRangeException(nameof(task)),
        });
        await LoadAsync();
    }
}
