using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Queues;

/// <summary>
/// How the queues stand, drawn as they change and read again twice a minute, so that no count is ever old for long; what waits,
/// who works on what, and which language lacks people.
/// </summary>
public sealed partial class QueuesPage : IDisposable
{
    private const int MostWaiting = 50;

    private ThrottledWatch? _watch;
    private IReadOnlyList<QueueBoardRow>? _board;
    private IReadOnlyList<HeldTask>? _held;
    private IReadOnlyList<WaitingLine>? _waiting;
    private IReadOnlyList<LanguageLine>? _languages;
    private IReadOnlyList<HandlingTime> _times = [];

    [CascadingParameter]
    public required Myself Me { get; set; }

    [CascadingParameter]
    public required Moment Moment { get; set; }

    /// <summary>The queue whose tasks are looked at.</summary>
    [SupplyParameterFromQuery]
    public string? Queue { get; set; }

    [Inject]
    public required QueueBoard QueueBoard { get; init; }

    [Inject]
    public required ListHeldTasks ListHeldTasks { get; init; }

    [Inject]
    public required ListWaitingTasks ListWaitingTasks { get; init; }

    [Inject]
    public required PeopleAtWork PeopleAtWork { get; init; }

    [Inject]
    public required QueueHandlingTimes QueueHandlingTimes { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private bool LooksAfter => Me.Permissions.Contains(Permission.ReassignTasks);

    private string? Facts => _board is null ? null : QueuesText.Facts.With(_board.Sum(row => row.Figures.Waiting), _board.Sum(row => row.Leased));

    private QueueBoardRow? Chosen => Guid.TryParse(Queue, out Guid id) ? _board?.FirstOrDefault(row => row.Id == id) : null;

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(Feed, Concerns, OnChangedAsync, Clock);

    // With the time of day too: what is due within the hour changes by itself.
    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        _times = await QueueHandlingTimes.RunAsync(await Current.GetAsync(), CancellationToken.None);
    }

    private static bool Concerns(OutboxEvent change) => change.Kind is
        LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.QueueChanged or LiveKind.LeaseEnded or LiveKind.DecisionRecorded
        or LiveKind.ConfigurationChanged or LiveKind.Alarm;

    private async Task LoadAsync()
    {
        Caller caller = await Current.GetAsync();
        _board = [.. (await QueueBoard.RunAsync(caller, CancellationToken.None)).Where(row => !row.Archived || row.Figures.Waiting + row.Leased > 0)];
        _languages = await PeopleAtWork.RunAsync(caller, CancellationToken.None);
        if (LooksAfter)
        {
            _held = await ListHeldTasks.RunAsync(caller, null, CancellationToken.None);
            _waiting = Chosen is { } queue ? await ListWaitingTasks.RunAsync(caller, queue.Id, MostWaiting, CancellationToken.None) : null;
        }
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(LoadAsync);
}
