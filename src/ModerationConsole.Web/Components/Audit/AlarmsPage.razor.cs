using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Oversight;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>Alarms about how people use the console, for those who look into them; drawn anew as they are raised and closed.</summary>
public sealed partial class AlarmsPage : IDisposable
{
    private ThrottledWatch? _watch;
    private IReadOnlyList<AlarmRow>? _alarms;
    private AlarmRow? _asked;
    private string? _note;
    private string? _problem;
    private bool _busy;

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>"closed" for those that were closed; those that are open otherwise.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [Inject]
    public required ListAlarms ListAlarms { get; init; }

    [Inject]
    public required CloseAlarm CloseAlarm { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private bool Closed => State == "closed";

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(
        Feed, change => change.Kind == LiveKind.InboxChanged && change.PersonId == Me.Id, OnChangedAsync, Clock);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => _alarms = await ListAlarms.RunAsync(await Current.GetAsync(), Closed, CancellationToken.None);

    private void Ask(AlarmRow? alarm) => (_asked, _note, _problem) = (alarm, null, null);

    private async Task CloseAsync()
    {
        if (_busy || _asked is not { } asked)
        {
            return;
        }

        _busy = true;
        try
        {
            CloseAlarmOutcome outcome = await CloseAlarm.RunAsync(await Current.GetAsync(), asked.Id, _note, CancellationToken.None);
            _problem = AlarmWords.Problem(outcome);
            if (_problem is null)
            {
                Status.Say(outcome == CloseAlarmOutcome.Closed ? AlarmsText.WasClosed : AlarmsText.ClosedBefore);
                Ask(null);
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(LoadAsync);
}
